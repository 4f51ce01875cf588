package engine;

import java.nio.file.Path;
import java.util.List;

/// What a browser saw of one page in one view.
///
/// @param page     its site and its name, `course/lesson02.html`
/// @param console  what the console said
/// @param policy   what the page's Content-Security-Policy refused
/// @param inline   elements with a script or a style of their own, when all scripts had run
/// @param requests the addresses that it asked for
/// @param shifts   its layout shifts while it loaded: how large, and of what
/// @param moving   what is animated, or would be
/// @param axe      violations of axe-core's rules, folded and unfolded
/// @param passed   the rules of axe-core that something on the page was held to, and held
/// @param faint    texts of too little contrast
/// @param wide     what is wider than its screen, be that of 320 pixels
/// @param keyboard what the Tab key does not reach, or reaches without a mark
/// @param stops    how often it stops on its way
/// @param dead     what is wrong with it where no script runs
/// @param scripts  bytes of all its scripts
record Seen(String page, View view, List<String> console, List<String> policy, List<String> inline,
        List<String> requests, List<String> shifts, List<String> moving, List<String> axe, List<String> passed,
        List<String> faint, List<String> wide, List<String> keyboard, long stops, List<String> dead, long scripts) {

    /// How a page is looked at.
    ///
    /// @param width  in pixels
    /// @param scheme the reader's: `light` or `dark`
    /// @param motion `no-preference` or `reduce`
    /// @param served over HTTP, else opened from its file
    record View(int width, String scheme, String motion, boolean served) {
        static final View DESKTOP = new View(1280, "light", "no-preference", false);
        static final View PHONE = new View(400, "dark", "reduce", true);

        /// The page for what is not there is only ever served.
        boolean shows(Path page) {
            return served || !page.endsWith(NotFoundPage.FILE);
        }
    }
}
