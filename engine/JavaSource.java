package engine;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import engine.Listing.Kind;
import engine.Listing.Knob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// What the JDK's own parser says of a source file. Nothing is resolved: that is left to the run.
record JavaSource(List<Member> members, List<String> steps, List<Knob> knobs) {

    /// Something declared at top level, at the lines where it stands without its comment.
    record Member(String name, Kind kind, int firstLine, int lastLine) {}

    private static final JavaCompiler JAVAC = ToolProvider.getSystemJavaCompiler();
    // one for all: a file manager of its own would double the time of a parse; it is not made for threads
    private static final StandardJavaFileManager FILES = JAVAC.getStandardFileManager(null, null, null);

    static synchronized JavaSource parse(Path file, String source, Problems problems) {
        var diagnostics = new DiagnosticCollector<JavaFileObject>();
        var javac = (JavacTask) JAVAC.getTask(null, FILES, diagnostics, List.of("-proc:none"), null,
                List.of(new InMemory(file, source)));
        CompilationUnitTree unit = parse(javac);
        diagnostics.getDiagnostics().stream().filter(d -> d.getKind() == Diagnostic.Kind.ERROR)
                .forEach(d -> problems.add((int) d.getLineNumber(), d.getMessage(Locale.ROOT)));
        problems.throwIfAny();
        var reader = new Reader(unit, Trees.instance(javac).getSourcePositions(), source, problems);
        return new JavaSource(reader.members(), reader.steps, reader.knobs);
    }

    private static CompilationUnitTree parse(JavacTask javac) {
        try {
            return javac.parse().iterator().next();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // the source is in memory
        }
    }

    /// Walks the tree for calls of `steps(...)` and `knob(...)`.
    private static final class Reader extends TreeScanner<Void, Void> {
        final List<String> steps = new ArrayList<>();
        final List<Knob> knobs = new ArrayList<>();
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final String source;
        private final Problems problems;

        Reader(CompilationUnitTree unit, SourcePositions positions, String source, Problems problems) {
            this.unit = unit;
            this.positions = positions;
            this.source = source;
            this.problems = problems;
            scan(unit, null);
        }

        List<Member> members() {
            var members = new ArrayList<Member>();
            for (Tree type : unit.getTypeDecls()) {
                // the class that a compact source file implies has no end of its own
                boolean implied = positions.getEndPosition(unit, type) == Diagnostic.NOPOS;
                if (implied && type instanceof ClassTree c) c.getMembers().forEach(m -> add(m, members));
                else add(type, members);
            }
            return members;
        }

        private void add(Tree tree, List<Member> members) {
            Member member = switch (tree) {
                case MethodTree m -> member(m.getName().toString(), Kind.METHOD, m);
                case ClassTree c -> member(c.getSimpleName().toString(), Kind.TYPE, c);
                case VariableTree v -> member(v.getName().toString(), Kind.FIELD, v);
                default -> null;
            };
            if (member != null) members.add(member);
        }

        private Member member(String name, Kind kind, Tree tree) {
            return new Member(name, kind, line(tree), lineAt(positions.getEndPosition(unit, tree)));
        }

        @Override public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
            List<? extends ExpressionTree> args = call.getArguments();
            if (call.getMethodSelect() instanceof IdentifierTree called) switch (called.getName().toString()) {
                case "steps" -> args.forEach(this::addStep);
                case "knob" -> {
                    if (args.size() >= 2 && args.getFirst() instanceof LiteralTree name)
                        knobs.add(new Knob(String.valueOf(name.getValue()), value(args.get(1)),
                                range(args) + commentAfter(call)));
                }
                default -> {}
            }
            return super.visitMethodInvocation(call, nothing);
        }

        private void addStep(ExpressionTree step) {
            switch (step) {
                case MemberReferenceTree method -> steps.add(method.getName().toString());
                case MethodInvocationTree wrapper when !wrapper.getArguments().isEmpty() ->
                        addStep(wrapper.getArguments().getLast()); // since("9.0", "...", this::step)
                default -> problems.add(line(step), "a step is a method of its own; write this::NAME");
            }
        }

        /// `1 to 70: ` of a knob that has a least and a most value; else "".
        private String range(List<? extends ExpressionTree> args) {
            return args.size() < 4 ? "" : "%s to %s: ".formatted(value(args.get(2)), value(args.get(3)));
        }

        private String value(ExpressionTree value) {
            if (value instanceof LiteralTree literal) return String.valueOf(literal.getValue());
            return source.substring((int) positions.getStartPosition(unit, value),
                    (int) positions.getEndPosition(unit, value));
        }

        /// The comment at the end of the line on which `tree` ends, without its slashes; or "".
        private String commentAfter(Tree tree) {
            String rest = source.substring((int) positions.getEndPosition(unit, tree)).lines().findFirst().orElse("");
            int slashes = rest.indexOf("//");
            return slashes < 0 ? "" : rest.substring(slashes + 2).strip();
        }

        private int line(Tree tree) {
            return lineAt(positions.getStartPosition(unit, tree));
        }

        private int lineAt(long position) {
            return (int) unit.getLineMap().getLineNumber(position);
        }
    }

    private static final class InMemory extends SimpleJavaFileObject {
        private final String text;

        InMemory(Path file, String text) {
            super(file.toUri(), Kind.SOURCE);
            this.text = text;
        }

        @Override public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
