package engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// The JDK's compiler, called within this process.
final class Compiler {
    private Compiler() {}

    /// The code has errors; the message has a line for each, `file:line: what javac says`.
    static final class Refused extends RuntimeException {
        Refused(String message) {
            super(message);
        }
    }

    /// Compiles as `javac OPTION... SOURCE...` would.
    static void compile(List<String> options, List<String> sources) throws IOException {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        var diagnostics = new DiagnosticCollector<JavaFileObject>();
        try (StandardJavaFileManager files = javac.getStandardFileManager(diagnostics, null, StandardCharsets.UTF_8)) {
            Iterable<? extends JavaFileObject> units = files.getJavaFileObjectsFromStrings(sources);
            boolean compiled = javac.getTask(null, files, diagnostics, options, null, units).call();
            if (!compiled) throw new Refused(errors(diagnostics));
        }
    }

    private static String errors(DiagnosticCollector<JavaFileObject> diagnostics) {
        return diagnostics.getDiagnostics().stream()
                .filter(d -> d.getKind() == Diagnostic.Kind.ERROR)
                .map(Compiler::line)
                .collect(Collectors.joining("\n"));
    }

    /// javac says `cannot find symbol`, and below it which: that is one line here.
    private static String line(Diagnostic<? extends JavaFileObject> error) {
        String message = error.getMessage(Locale.ROOT).strip().replaceAll("\\s*\\R\\s*", "; ").replaceAll(" {2,}", " ");
        if (error.getSource() == null) return message;
        return "%s:%d: %s".formatted(Path.of(error.getSource().getName()).normalize(), error.getLineNumber(), message);
    }
}
