package engine;

import com.vladsch.flexmark.util.ast.Node;
import java.util.List;
import java.util.Locale;

/// A term of the field, defined where a text first explains it: an item of its section `## Terms`,
/// `- **cache stampede** (dogpile): many loads of one key at once.`
///
/// @param id         its anchor in the glossary, `cache-stampede`
/// @param name       as written in bold
/// @param others     what else it is called
/// @param definition the item without the names
/// @param line       of the item
record Term(String id, String name, List<String> others, Node definition, int line) {

    /// A term on the glossary's page.
    ///
    /// @param html safe to insert as it stands, its links resolved
    record Definition(String id, String name, List<String> others, String html, int line) {}

    /// Where a text first uses a term.
    ///
    /// @param anchor of the section, "" above the first heading
    record Use(String term, String anchor) {}

    static String id(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "-").replaceAll("^-|-$", "");
    }
}
