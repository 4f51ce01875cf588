package lab;

import data.Fault;
import data.UserCache;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A program `valkey-server` on this machine.
public record ValkeyBinary(Version version, Path path) {
    private static final Version OLDEST = Version.parse("8");
    private static final Version PREFERRED = Version.parse("9");
    /// `Valkey server v=9.1.2 sha=00000000:0 malloc=jemalloc-5.3.1 bits=64 build=9108e8f1788612b`
    private static final Pattern SAYS_VERSION = Pattern.compile("v=(\\d+\\.\\d+\\.\\d+)");
    private static final int SECONDS_TO_SAY_IT = 10;
    private static ValkeyBinary found;

    /// The first 9.x or later of: a copy kept in the user's cache, `valkey-server` on PATH, the distribution's package,
    /// which is fetched and kept. Where none of them has one, the first 8.x.
    ///
    /// @throws Fault (usage) where there is none to be had; it says why, and how to get one on each system
    public static synchronized ValkeyBinary find() {
        if (found == null) found = find(UserCache.folder("valkey"), System.getenv("PATH"));
        return found;
    }

    static ValkeyBinary find(Path cache, String searchPath) {
        var older = new ArrayList<ValkeyBinary>();
        var why = new ArrayList<String>(); // each rung's reason for having none
        List<Supplier<List<ValkeyBinary>>> rungs = List.of(
                () -> keptIn(cache),
                () -> onPath(searchPath, why),
                () -> new ValkeyPackage(cache, searchPath).fetch(!older.isEmpty(), why));
        for (var rung : rungs) {
            for (ValkeyBinary binary : rung.get()) {
                if (binary.isPreferred()) return binary;
                if (binary.version.compareTo(OLDEST) >= 0) older.add(binary);
                else why.add(binary.path + " is " + binary.version);
            }
        }
        if (older.isEmpty()) throw none(why);
        return older.getFirst();
    }

    /// Those that the rungs above the package have, by rung; nothing is fetched for it.
    public static SequencedMap<String, List<ValkeyBinary>> atHand() {
        SequencedMap<String, List<ValkeyBinary>> rungs = new LinkedHashMap<>();
        rungs.put("kept before", keptIn(UserCache.folder("valkey")));
        rungs.put("on PATH", onPath(System.getenv("PATH"), new ArrayList<>()));
        return rungs;
    }

    boolean isPreferred() {
        return version.compareTo(PREFERRED) >= 0;
    }

    /// The copies in `cache`, newest first. Each is a folder named after its version, so that none need be started.
    static List<ValkeyBinary> keptIn(Path cache) {
        try (Stream<Path> folders = Files.list(cache)) {
            return folders.filter(folder -> folder.getFileName().toString().matches("\\d+\\.\\d+\\.\\d+"))
                    .map(folder -> new ValkeyBinary(Version.parse(folder.getFileName().toString()),
                            folder.resolve("bin/valkey-server")))
                    .filter(binary -> Files.isExecutable(binary.path))
                    .sorted(Comparator.comparing(ValkeyBinary::version).reversed()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<ValkeyBinary> onPath(String searchPath, List<String> why) {
        var binaries = new ArrayList<ValkeyBinary>();
        for (Path program : programs("valkey-server", searchPath)) {
            String said = firstLine(program, "--version");
            Matcher version = SAYS_VERSION.matcher(said);
            if (version.find()) binaries.add(new ValkeyBinary(Version.parse(version.group(1)), program));
            else why.add(program + " does not say its version" + (said.isEmpty() ? "" : ": " + said));
        }
        return binaries;
    }

    /// The programs called `name`, in the order of `searchPath`.
    static List<Path> programs(String name, String searchPath) {
        return Stream.of(searchPath.split(File.pathSeparator)).filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name).toAbsolutePath()).filter(Files::isExecutable).distinct().toList();
    }

    /// The version of the copy unpacked in `folder`, which proves that it runs.
    static Version unpackedIn(Path folder) throws IOException {
        String said = firstLine(folder.resolve("bin/valkey-server"), "--version");
        Matcher version = SAYS_VERSION.matcher(said);
        if (!version.find()) throw new IOException("the unpacked valkey-server does not run: " + said);
        return Version.parse(version.group(1));
    }

    private static String firstLine(Path program, String argument) {
        try {
            Process process = new ProcessBuilder(program.toString(), argument).redirectErrorStream(true).start();
            if (!process.waitFor(SECONDS_TO_SAY_IT, TimeUnit.SECONDS)) process.destroyForcibly();
            String line = process.inputReader().readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            return e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private static Fault none(List<String> why) {
        String reasons = why.isEmpty() ? "" : " (" + String.join("; ", why) + ")";
        return new Fault(Fault.USAGE, """
                no Valkey 8.0 or later here%s; get one, and run again:
                  Debian, Ubuntu  sudo apt install valkey-server
                  Fedora          sudo dnf install valkey
                  Arch            sudo pacman -S valkey
                  Alpine          sudo apk add valkey
                  macOS           brew install valkey
                  Docker          docker run -d -p 127.0.0.1:6379:6379 valkey/valkey:9
                                  export VALKEY_URL=redis://127.0.0.1:6379"""
                .formatted(reasons));
    }
}
