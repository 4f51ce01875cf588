package engine;

import java.util.List;

/// A piece of a companion, in the order in which its page shows them. HTML is escaped and safe to insert as it stands.
public sealed interface Block {

    /// Ordinary text: paragraphs, headings, lists, tables.
    record Prose(String html, List<Heading> headings) implements Block {}

    /// A heading within [Prose]: 2 for `##`; `id` as code hosts make it, `html` without the heading's own tag.
    record Heading(int level, String id, String html) {}

    /// A fenced code block at top level. One within a list or a quote stays part of that block's HTML.
    ///
    /// @param language the word after the fence, or ""
    record Fence(String language, String code) implements Block {}

    /// A place where a lesson's code stands, and what it printed.
    ///
    /// @param id     the cell's anchor on its page: `cell-departures`
    /// @param file   the source, as the companion links to it: `lesson02.java`
    /// @param name   a method, type, field or region of it
    /// @param step   whether it is a step, which has output
    /// @param folded whether its output, and the code that tells it, stay folded until the reader has answered the
    ///               prediction before it
    record Cell(String id, String file, String name, boolean step, Side side, boolean folded, String captionHtml,
            int line) implements Block {
        public boolean showsCode() {
            return side != Side.OUTPUT;
        }

        public boolean showsOutput() {
            return step && side != Side.CODE;
        }
    }

    enum Side { BOTH, CODE, OUTPUT }

    /// A drawing of the tables that a file of SQL creates.
    ///
    /// @param file as the text links to it: `../data/schema.sql`
    record Drawing(String captionHtml, String file, Diagram diagram) implements Block {}

    /// A question that the reader answers before seeing the next cell that has output.
    ///
    /// @param whyHtml what closes it, or ""
    record Prediction(String questionHtml, List<Answer> answers, String whyHtml, int line) implements Block {}

    record Answer(String html, boolean right) {}

    /// What to expect of knobs that are turned, a table in the text.
    record Turns(List<Turn> rows) implements Block {}

    /// @param options what stands after the command, one or several: `--ttl=0`
    record Turn(List<String> options, String expectHtml) {
        /// The knob under which it stands: the first that it turns.
        String knob() {
            return KnobReader.name(options.getFirst());
        }
    }

    /// A blockquote that begins with a bold word; `html` comes without that word.
    record Aside(Kind kind, String html) implements Block {
        public enum Kind { HINT, SURPRISE, PITFALL, NOTE }
    }
}
