package engine;

import java.util.List;
import java.util.stream.Stream;

/// The checks of a page, as promises to its reader. Those of the exercise are not among them: the reader is to keep
/// those.
///
/// @param first the anchor of the first that is broken, else of the first; "" where there is none
public record Promises(int made, int broken, String first) {

    static Promises of(List<Part> parts) {
        List<StepView.Check> made = parts.stream().flatMap(Promises::checks).toList();
        List<StepView.Check> broken = made.stream().filter(check -> !check.holds()).toList();
        String first = Stream.concat(broken.stream(), made.stream()).map(StepView.Check::anchor).findFirst().orElse("");
        return new Promises(made.size(), broken.size(), first);
    }

    private static Stream<StepView.Check> checks(Part part) {
        if (!(part instanceof Part.Cell cell) || cell.yours()) return Stream.empty();
        return cell.said().stream().flatMap(step -> step.said().stream())
                .flatMap(said -> said instanceof StepView.Checks(var checks) ? checks.stream() : Stream.empty());
    }
}
