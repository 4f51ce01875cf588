package engine;

import data.Fault;
import data.Suggest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The files a JBang script is made of: itself and, transitively, what `//SOURCES` and `//FILES` name.
final class Sources {
    private static final Pattern DIRECTIVE = Pattern.compile("//(?:SOURCES|FILES)\\s+(.*)");
    private static final Pattern SEPARATOR = Pattern.compile("[\\s,;]+");
    private static final Pattern GLOB = Pattern.compile("[*?\\[{]");

    private Sources() {}

    /// All files, the script first, in the order they are named. What is named by its address is not among them.
    ///
    /// @throws Fault `file:line` of a directive that names a file which is not there
    static Set<Path> of(Path script) {
        Set<Path> files = new LinkedHashSet<>();
        add(script.normalize(), files);
        return files;
    }

    private static void add(Path file, Set<Path> files) {
        if (!files.add(file) || !file.toString().endsWith(".java")) return;
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            Matcher directive = DIRECTIVE.matcher(lines.get(i));
            if (!directive.matches()) continue;
            for (String name : SEPARATOR.split(directive.group(1).strip())) {
                String source = name.substring(name.indexOf('=') + 1); // //FILES may say target=source
                if (!source.contains("://")) add(existing(file, i + 1, source), files);
            }
        }
    }

    private static Path existing(Path file, int line, String name) {
        if (GLOB.matcher(name).find()) {
            throw new Fault(Fault.FAILED, "%s:%d: name each file: JBang passes over '%s' when a script runs from a URL"
                    .formatted(file, line, name));
        }
        Path named = file.resolveSibling(name).normalize();
        if (Files.isRegularFile(named)) return named;
        throw new Fault(Fault.FAILED, "%s:%d: there is no file '%s'%s"
                .formatted(file, line, name, Suggest.didYouMean(named.getFileName().toString(), siblings(named))));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readString(file).lines().toList();
        } catch (IOException e) {
            throw new Fault(Fault.FAILED, "cannot read %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static List<String> siblings(Path file) {
        try (Stream<Path> files = Files.list(file.toAbsolutePath().getParent())) {
            return files.map(sibling -> sibling.getFileName().toString()).toList();
        } catch (IOException e) {
            return List.of(); // there is not even a folder: nothing to suggest
        }
    }
}
