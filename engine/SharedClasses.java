package engine;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Compiles scripts. Those of a course share most of their sources, and what is shared knows nothing of the script:
/// it is compiled once, and its classes are written again for each.
final class SharedClasses {
    /// By compiler options and sources: the classes by their path.
    private final Map<List<String>, Map<Path, byte[]>> compiled = new HashMap<>();

    /// Compiles as `javac ARGUMENT...` would.
    ///
    /// @param script the source that no other source needs
    void compile(List<String> arguments, Path script) throws IOException {
        List<String> options = new ArrayList<>();
        List<String> shared = new ArrayList<>();
        for (String argument : arguments) {
            if (!argument.endsWith(".java")) options.add(argument);
            else if (!Files.isSameFile(Path.of(argument), script)) shared.add(Path.of(argument).normalize().toString());
        }
        Path target = Path.of(options.get(options.indexOf("-d") + 1));
        provide(options, shared, target);
        int classPath = options.indexOf("-classpath") + 1;
        if (classPath > 0) options.set(classPath, target + File.pathSeparator + options.get(classPath));
        else options.addAll(List.of("-classpath", target.toString()));
        Compiler.compile(options, List.of(script.toString()));
    }

    private void provide(List<String> options, List<String> sources, Path target) throws IOException {
        if (sources.isEmpty()) return;
        Stream<String> common = options.stream().filter(option -> !option.equals(target.toString()));
        List<String> inputs = Stream.concat(common, sources.stream()).toList();
        Map<Path, byte[]> classes = compiled.get(inputs);
        if (classes == null) {
            Compiler.compile(options, sources);
            compiled.put(inputs, read(target));
            return;
        }
        for (Map.Entry<Path, byte[]> file : classes.entrySet()) {
            Path path = target.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
    }

    private static Map<Path, byte[]> read(Path target) throws IOException {
        Map<Path, byte[]> classes = new HashMap<>();
        try (Stream<Path> paths = Files.walk(target)) {
            for (Path path : paths.filter(p -> p.toString().endsWith(".class")).toList()) {
                classes.put(target.relativize(path), Files.readAllBytes(path));
            }
        }
        return classes;
    }
}
