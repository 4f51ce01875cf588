package engine;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A part of a lesson's page, in the order of its text.
public sealed interface Part {

    /// The macro of `parts.ftlh` that draws it.
    default String kind() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    record Prose(Html html) implements Part {}

    /// Code that is no part of the lesson's source: a shell's commands, a configuration.
    record Fence(Html code) implements Part {}

    /// A piece of the lesson's source with what it did.
    ///
    /// @param said   what the step printed, drew and checked; empty where the cell shows only code
    /// @param folded code and output are hidden until the reader has answered the prediction before it
    /// @param yours  it is the exercise's: what does not hold yet is the reader's to mend
    record Cell(String anchor, Html caption, Optional<Code> code, Optional<StepView> said, boolean folded,
            boolean yours) implements Part {
        /// Whether code and output can stand side by side.
        public boolean both() {
            return code.isPresent() && said.isPresent();
        }
    }

    /// @param where `lesson02.java:41`
    /// @param brief so short that it can stay in sight beside a long output
    record Code(Html html, String where, boolean brief) {}

    /// A schema, drawn.
    ///
    /// @param file the SQL that creates it, `data/schema.sql`
    record Drawing(String anchor, Html caption, String file, Diagram diagram) implements Part {}

    /// @param name the group of its radio buttons, and its anchor
    record Prediction(String name, Html question, List<Answer> answers, Html why) implements Part {}

    record Answer(Html html, boolean right) {}

    /// What a reader can turn, and what to expect of it.
    record Knobs(List<Knob> knobs) implements Part {}

    /// @param preset as it stands in the source
    /// @param doc    what it is, or ""
    record Knob(String name, String preset, String doc, List<Turn> turns) {}

    /// @param options what stands after the command: `--ttl=0`, `--hits=20`
    record Turn(List<String> options, Html expect) {}

    /// Where the exercise's solution is, shown only to whoever asks for it.
    ///
    /// @param file its page
    record Solution(String file) implements Part {}

    /// What the lesson cost.
    record Costs(Ledger ledger) implements Part {}

    /// @param style  as the style sheet knows it, `pitfall`
    /// @param label  as shown, `Pitfall`
    /// @param folded shown only when asked for
    record Aside(String style, String label, boolean folded, Html html) implements Part {}
}
