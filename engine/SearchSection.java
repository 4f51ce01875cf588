package engine;

/// What a search can find: a page before its first heading, a section, or a cell.
///
/// @param page    its place among the pages of the index
/// @param anchor  within that page, or "" for its top
/// @param heading the page's title, the section's heading or the cell's caption
/// @param within  the headings that it stands under on its page, the nearest last
/// @param text    all that is said there, on one line
/// @param code    the names in its code, each once
record SearchSection(int page, String anchor, String heading, String within, String text, String code) {}
