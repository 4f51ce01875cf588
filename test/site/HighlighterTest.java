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
                "x(<span class=\"s\">&quot;&quot;&quot;</span>\n"
                        + "<span class=\"s\">  SELECT 1&quot;&quot;&quot;</span>);");
    }

    @Test
    void aCommentGoesOnOverLines() {
        assertMarks("java", "/* a\n b */ c", "<span class=\"c\">/* a</span>\n<span class=\"c\"> b */</span> c");
    }

    @Test
    void marksTheOtherLanguages() {
        assertMarks("sql", "SELECT a -- b", "<span class=\"k\">SELECT</span> a <span class=\"c\">-- b</span>");
        assertMarks("sh", "echo $HOME", "<span class=\"t\">echo</span> <span class=\"v\">$HOME</span>");
        assertMarks("json", "{\"a\": true}", "{<span class=\"v\">&quot;a&quot;</span>: <span class=\"k\">true</span>}");
        assertMarks("yaml", "a: 'b' # c", "a: <span class=\"s\">&#39;b&#39;</span> <span class=\"c\"># c</span>");
        assertMarks("xml", "<a b=\"c\"/>",
                "&lt;<span class=\"m\">a</span> <span class=\"v\">b</span>=<span class=\"s\">&quot;c&quot;</span>/&gt;");
    }

    @Test
    void aLanguageItDoesNotKnowIsOnlyEscaped() {
        assertMarks("cobol", "a < \"b\" & 'c'", "a &lt; &quot;b&quot; &amp; &#39;c&#39;");
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
