package engine;

import data.Fault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A lesson's code, by name.
///
/// @param steps     names of the steps, in the order in which they run
/// @param codes     what a cell can show, in the order of the file
/// @param ambiguous names that stand for more than one thing, such as overloads: no cell can show those
public record Listing(Path file, List<String> steps, List<Knob> knobs, Map<String, Code> codes, Set<String> ambiguous) {

    /// A piece of the source.
    ///
    /// @param firstLine where it begins, its comment included, counted from 1
    /// @param text      as it stands in the file, comment included, indented from 0, region markers left out
    public record Code(String name, Kind kind, int firstLine, int lastLine, String text) {}

    public enum Kind { METHOD, TYPE, FIELD, REGION }

    /// A value that a learner can turn.
    ///
    /// @param preset as it stands in the source, a string without its quotes
    /// @param doc    its range, if it has one, and what it is: the comment at the end of its line
    public record Knob(String name, String preset, String doc) {}

    /// Reads a compact source file.
    ///
    /// @throws Fault with all that javac's parser says, or regions that do not close, at their lines
    public static Listing read(Path java) {
        String source = SourceFile.text(java);
        List<String> lines = source.lines().toList();
        var problems = new Problems(java);
        JavaSource parsed = JavaSource.parse(java, source, problems);
        var codes = new ArrayList<Code>();
        for (JavaSource.Member m : parsed.members()) codes.add(code(m, lines));
        codes.addAll(Regions.of(lines, problems));
        problems.throwIfAny();
        codes.removeIf(code -> code.kind == Kind.FIELD && hasNamesake(code, codes));
        return new Listing(java, parsed.steps(), parsed.knobs(), byName(codes), repeated(codes));
    }

    /// Whether a field shares its name with something that a text would rather show.
    private static boolean hasNamesake(Code field, List<Code> codes) {
        return codes.stream().anyMatch(c -> c.name.equals(field.name) && c.kind != Kind.FIELD);
    }

    /// Reads a lesson's sources: its own first, then its exercise and solution, by the names that its companion
    /// links to, `lesson02.java` and `exercises/exercise02.java`.
    ///
    /// @throws Fault also if one of them runs no steps
    public static Map<String, Listing> of(Lesson lesson) {
        var listings = new LinkedHashMap<String, Listing>();
        Stream.of(Optional.of(lesson.source()), lesson.exercise(), lesson.solution()).flatMap(Optional::stream)
                .forEach(java -> listings.put(name(lesson, java), withSteps(read(java))));
        return listings;
    }

    private static Listing withSteps(Listing listing) {
        if (!listing.steps.isEmpty()) return listing;
        throw new Fault(Fault.FAILED, listing.file + ":1: no steps; call steps(this::first, this::second) in main()");
    }

    private static String name(Lesson lesson, Path java) {
        Path folder = lesson.text().toAbsolutePath().getParent();
        return folder.relativize(java.toAbsolutePath()).toString().replace('\\', '/');
    }

    private static Code code(JavaSource.Member member, List<String> lines) {
        int first = member.firstLine();
        while (first > 1 && isComment(lines.get(first - 2))) first--;
        List<String> shown = lines.subList(first - 1, member.lastLine());
        return new Code(member.name(), member.kind(), first, member.lastLine(), Regions.withoutMarkers(shown));
    }

    private static boolean isComment(String line) {
        return line.strip().startsWith("//") && !Regions.isMarker(line);
    }

    private static Map<String, Code> byName(List<Code> codes) {
        var map = new LinkedHashMap<String, Code>();
        codes.forEach(c -> map.putIfAbsent(c.name(), c));
        return map;
    }

    private static Set<String> repeated(List<Code> codes) {
        var seen = new HashSet<String>();
        var repeated = new HashSet<String>();
        codes.forEach(c -> { if (!seen.add(c.name())) repeated.add(c.name()); });
        return repeated;
    }
}
