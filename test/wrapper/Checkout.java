package wrapper;

import data.UserCache;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A checkout with the wrapper and a script, in a folder with a space in its name, beside an empty home; how to run it.
record Checkout(Path folder, Map<String, String> environment) {
    static final String PINNED = "0.132.1";

    private static final String SCRIPT = """
            //JAVA 25+
            void main(String... args) throws Exception {
                switch (args[0]) {
                    case "echo" -> Stream.of(args).skip(1).forEach(arg -> IO.println("[" + arg + "]"));
                    case "copy" -> System.in.transferTo(System.out);
                    case "exit" -> System.exit(Integer.parseInt(args[1]));
                    case "where" -> IO.println(System.getenv("CACHE_ME_HOME"));
                    case "java" -> IO.println(Runtime.version().feature());
                    default -> {
                        Runtime.getRuntime().addShutdownHook(new Thread(() -> IO.println("ended in order")));
                        IO.println(ProcessHandle.current().pid());
                        Thread.sleep(60_000);
                    }
                }
            }
            """;

    static Checkout in(Path folder, Tools tools) throws IOException {
        Path checkout = Files.createDirectories(folder.resolve("check out"));
        Files.copy(project().resolve("jbang"), checkout.resolve("jbang"));
        Files.writeString(Files.createDirectories(checkout.resolve("scripts")).resolve("Script.java"), SCRIPT);
        Path home = Files.createDirectories(folder.resolve("ho me"));
        return new Checkout(checkout, Map.of("HOME", home.toString(), "PATH", tools.path(),
                "JAVA_HOME", System.getProperty("java.home")));
    }

    Checkout with(String name, String value) {
        var changed = new HashMap<>(environment);
        changed.put(name, value);
        return new Checkout(folder, changed);
    }

    Path home() {
        return folder.resolveSibling("ho me");
    }

    Path wrapper() {
        return folder.resolve("jbang");
    }

    Path script() {
        return folder.resolve("scripts/Script.java");
    }

    /// Runs the script to its end.
    Outcome run(String... arguments) throws Exception {
        return ended(start(List.of(wrapper().toString()), home(), arguments), "");
    }

    Outcome runTelling(String input, String... arguments) throws Exception {
        return ended(start(List.of(wrapper().toString()), home(), arguments), input);
    }

    /// Runs the script from folder `from` by `wrapper`, which may be a link, or relative to that folder.
    Outcome runFrom(Path from, Path wrapper, String... arguments) throws Exception {
        return ended(start(List.of(wrapper.toString()), from, arguments), "");
    }

    Process start(String... arguments) throws IOException {
        return start(List.of(wrapper().toString()), home(), arguments);
    }

    /// Starts the script as a terminal would: in a process group of its own, heeding Ctrl-C.
    Process startInGroup(String... arguments) throws IOException {
        String inGroup = "$SIG{INT} = 'DEFAULT'; setpgrp; exec @ARGV";
        return start(List.of("perl", "-e", inGroup, wrapper().toString()), home(), arguments);
    }

    private Process start(List<String> program, Path from, String... arguments) throws IOException {
        var command = new ArrayList<>(program);
        command.add(script().toString());
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(from.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("JBANG_") || name.equals("XDG_CACHE_HOME"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Outcome ended(Process process, String input) throws Exception {
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), out, err);
    }

    List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.sorted().toList();
        }
    }

    /// JBang's jar, from the cache of whoever runs the tests; a first run of the project's own wrapper fetches it.
    static Path jar() throws Exception {
        Path jar = UserCache.folder("jbang-" + PINNED).resolve("jbang.jar");
        if (Files.exists(jar)) return jar;
        new ProcessBuilder(project().resolve("jbang").toString(), "version").inheritIO().start().waitFor();
        return jar;
    }

    private static Path project() {
        String project = System.getenv("CACHE_ME_HOME"); // a stock JBang does not set it
        return Path.of(project == null ? "" : project).toAbsolutePath();
    }
}
