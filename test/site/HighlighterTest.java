package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

class HighlighterTest {
    @Test
    void marksJava() {
        assertMarks("java", "return a + 1; // one",
                "<span class=\"k\">return</span> a + <span class=\"n\">1</span>; <span class=\"c\">// one</span>");
        assertMarks("java", "@Override String a()",
                "<span class=\"a\">@Override</span> <span class=\"t\">String</span> a()");
    }

    @Test
    void aTextBlockIsAStringFromItsFirstLineToItsLast() {
        assertMarks("java", "x(\"\"\"\n  SELECT 1\"\"\");",
                "x(<span class=\"s\">\"\"\"</span>\n"
                        + "<span class=\"s\">  SELECT 1\"\"\"</span>);");
    }

    @Test
    void aCommentGoesOnOverLines() {
        assertMarks("java", "/* a\n b */ c", "<span class=\"c\">/* a</span>\n<span class=\"c\"> b */</span> c");
    }

    @Test
    void marksTheOtherLanguages() {
        assertMarks("sql", "SELECT a -- b", "<span class=\"k\">SELECT</span> a <span class=\"c\">-- b</span>");
        assertMarks("sh", "echo $HOME", "<span class=\"t\">echo</span> <span class=\"v\">$HOME</span>");
        assertMarks("json", "{\"a\": true}", "{<span class=\"v\">\"a\"</span>: <span class=\"k\">true</span>}");
        assertMarks("yaml", "a: 'b' # c", "a: <span class=\"s\">'b'</span> <span class=\"c\"># c</span>");
        assertMarks("xml", "<a b=\"c\"/>",
                "&lt;<span class=\"m\">a</span> <span class=\"v\">b</span>=<span class=\"s\">\"c\"</span>/&gt;");
    }

    @Test
    void aLanguageItDoesNotKnowIsOnlyEscaped() {
        assertMarks("cobol", "a < \"b\" & 'c'", "a &lt; \"b\" &amp; 'c'");
    }

    @Test
    void everyCharacterOfTheCodeIsKept() {
        String code = "void a() {\n\tvar s = \"<&>\";\n\n    /** {@code x} <b> */\n}\n";
        String page = "<pre>" + Highlighter.highlight("java", code).markup() + "</pre>";
        assertEquals(code, Jsoup.parse(page).selectFirst("pre").wholeText());
    }

    private static void assertMarks(String language, String code, String markup) {
        assertEquals(markup, Highlighter.highlight(language, code).markup());
    }
}
