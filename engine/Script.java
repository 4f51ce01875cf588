package engine;

// JBang as a library: what it would build and run is what is built and run, without a JVM of its own per script.
//DEPS dev.jbang:jbang-cli:0.132.1:all

import data.Fault;
import dev.jbang.source.BuildContext;
import dev.jbang.source.Builder;
import dev.jbang.source.Project;
import dev.jbang.source.generators.JarCmdGenerator;
import dev.jbang.source.sources.JavaSource;
import dev.jbang.util.Util;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A script as JBang sees it.
///
/// It is built with JBang's options into JBang's own cache: when a learner runs it next, it starts at once.
final class Script {
    private static final SharedClasses CLASSES = new SharedClasses();

    private Script() {}

    /// Builds a script, unless JBang has it built already.
    ///
    /// @return the command with which JBang would run it
    /// @throws Fault if it does not compile, a line per error, or its libraries cannot be had
    static synchronized List<String> command(Path script) {
        Util.setQuiet(true);
        try (var _ = new JBangLock(Util.getJBangVersion())) {
            BuildContext context = BuildContext.forProject(Project.builder().build(script));
            new InProcess(context, script).build();
            return new Command(context).list();
        } catch (Compiler.Refused e) {
            throw new Fault(Fault.FAILED, e.getMessage(), e);
        } catch (IOException | RuntimeException e) { // JBang throws many types, each with a message for its users
            throw new Fault(Fault.FAILED, "%s: JBang cannot build it: %s".formatted(script, reasons(e)), e);
        }
    }

    /// JBang wraps what went wrong: a library's name is in one message, the network's trouble in its cause's.
    private static String reasons(Throwable thrown) {
        String message = String.valueOf(thrown.getMessage());
        Throwable root = thrown;
        while (root.getCause() != null) root = root.getCause();
        String cause = String.valueOf(root.getMessage());
        return (message.contains(cause) ? message : message + ": " + cause).strip().replaceAll("\\s*\\R\\s*", " ");
    }

    /// JBang's builder, but for a compiler that needs no process.
    private static final class InProcess extends JavaSource.JavaAppBuilder {
        private final Path script;

        InProcess(BuildContext context, Path script) {
            super(context);
            this.script = script;
        }

        @Override protected Builder<Project> getCompileBuildStep() {
            return new JavaCompileBuildStep() {
                @Override protected void runCompiler(List<String> command) throws IOException {
                    CLASSES.compile(command.subList(1, command.size()), script); // the first names the javac binary
                }
            };
        }
    }

    /// JBang's command line, as a list instead of a line for a shell.
    private static final class Command extends JarCmdGenerator {
        Command(BuildContext context) {
            super(context);
            mainRequired(true);
        }

        List<String> list() throws IOException {
            return generateCommandLineList();
        }
    }
}
