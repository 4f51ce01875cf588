package engine;

import data.Fault;
import data.Flughafen;
import data.UserCache;
import dev.jbang.util.Util;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import lab.ValkeyBinary;
import lab.ValkeyServer;
import lab.ValkeyUrl;
import picocli.CommandLine.Help.Ansi;

/// Says what lessons would stand on here. What a build would fetch or make is fetched or made.
///
/// @param url   of a Valkey, else null
/// @param scale of the FlughafenDB, else null
public record Doctor(String url, String scale) {

    /// Prints a paragraph for each part.
    ///
    /// @return whether nothing is missing; what is, is told with how to mend it
    public boolean examine() {
        List<Boolean> sound = List.of(part("JDK", Doctor::jdk), part("JBang", Doctor::jbang),
                part("Valkey", this::valkey), part("FlughafenDB", this::database), part("Cache", Doctor::cache));
        boolean all = sound.stream().allMatch(part -> part);
        IO.println(all ? "All is here." : "Something is missing: see above how to mend it.");
        return all;
    }

    private static boolean part(String name, Callable<List<String>> look) {
        try {
            say("@|bold,green ✔|@ @|bold " + name + "|@", look.call());
            return true;
        } catch (Fault missing) {
            say("@|bold,red ✘|@ @|bold " + name + "|@", missing.getMessage().lines().toList());
            return false;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void say(String heading, List<String> lines) {
        IO.println(Ansi.AUTO.string(heading));
        lines.forEach(line -> IO.println("  " + line));
    }

    private static List<String> jdk() {
        if (ToolProvider.getSystemJavaCompiler() == null) throw new Fault(Fault.USAGE,
                "%s has no compiler; set JAVA_HOME to a JDK 25 or later".formatted(System.getProperty("java.home")));
        return List.of("%s at %s".formatted(Runtime.version(), System.getProperty("java.home")));
    }

    private static List<String> jbang() {
        String started = System.getenv("JBANG_LAUNCH_CMD");
        return List.of(Util.getJBangVersion() + (started == null ? "" : ", started by " + started));
    }

    private List<String> valkey() {
        String given = Bench.given(url);
        if (given.equals(Bench.CLUSTER)) {
            ValkeyBinary binary = ValkeyBinary.find();
            return List.of("%s at %s, as a cluster of our own".formatted(binary.version(), binary.path()));
        }
        if (!given.isEmpty()) {
            ValkeyServer server = ValkeyServer.primaryAt(ValkeyUrl.parse(given));
            String cluster = server.cluster() ? ", a cluster" : "";
            return List.of("%s at %s%s".formatted(server.version(), server.url(), cluster),
                    "from %s: nothing else is looked for".formatted(url == null ? "VALKEY_URL" : "--valkey"));
        }
        List<String> lines = new ArrayList<>();
        ValkeyBinary taken = ValkeyBinary.find();
        lines.add("%s at %s".formatted(taken.version(), taken.path()));
        lines.add("where it is looked for, the first 9.x or later is taken:");
        lines.add(rung("VALKEY_URL", "not set"));
        ValkeyBinary.atHand().forEach((rung, binaries) -> lines.add(rung(rung, versions(binaries))));
        lines.add(rung("package", "Debian's or Ubuntu's, fetched if there is no 9.x above"));
        return lines;
    }

    private static String rung(String name, String has) {
        return "%-12s %s".formatted(name, has);
    }

    private static String versions(List<ValkeyBinary> binaries) {
        return binaries.isEmpty() ? "none" : binaries.stream().map(b -> "%s at %s".formatted(b.version(), b.path()))
                .collect(Collectors.joining(", "));
    }

    private List<String> database() {
        Path file = Bench.database(scale);
        Stream<String> rows = Flughafen.rows(file).entrySet().stream()
                .map(table -> "%-18s %,10d rows".formatted(table.getKey(), table.getValue()));
        return Stream.concat(Stream.of("%s at %s".formatted(Flughafen.describe(file), file)), rows).toList();
    }

    private static List<String> cache() throws IOException {
        Path root = UserCache.root();
        try (Stream<Path> folders = Files.list(root)) {
            Stream<String> sizes = folders.filter(Files::isDirectory).sorted()
                    .map(folder -> "%-18s %12s".formatted(folder.getFileName(), Units.bytes(size(folder))));
            return Stream.concat(Stream.of("%s in %s".formatted(Units.bytes(size(root)), root)), sizes).toList();
        }
    }

    /// In bytes.
    private static long size(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(Path::toFile).filter(File::isFile).mapToLong(File::length).sum(); // 0 of one that is gone
        } catch (IOException | UncheckedIOException e) {
            throw new Fault(Fault.USAGE, "cannot read %s: %s".formatted(folder, e.getMessage()), e);
        }
    }
}
