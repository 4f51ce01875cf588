package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

class HighlighterTest {
    @Test
    void marksJava() {
        assertMarks("java", "return a + 1; // one",
                "<c-k>return</c-k> a + <c-n>1</c-n>; <c-c>// one</c-c>");
        assertMarks("java", "@Override String a()",
                "<c-a>@Override</c-a> <c-t>String</c-t> a()");
    }

    @Test
    void aTextBlockIsAStringFromItsFirstLineToItsLast() {
        assertMarks("java", "x(\"\"\"\n  SELECT 1\"\"\");",
                "x(<c-s>\"\"\"</c-s>\n"
                        + "<c-s>  SELECT 1\"\"\"</c-s>);");
    }

    @Test
    void aCommentGoesOnOverLines() {
        assertMarks("java", "/* a\n b */ c", "<c-c>/* a</c-c>\n<c-c> b */</c-c> c");
    }

    @Test
    void marksTheOtherLanguages() {
        assertMarks("sql", "SELECT a -- b", "<c-k>SELECT</c-k> a <c-c>-- b</c-c>");
        assertMarks("sh", "echo $HOME", "<c-t>echo</c-t> <c-v>$HOME</c-v>");
        assertMarks("json", "{\"a\": true}", "{<c-v>\"a\"</c-v>: <c-k>true</c-k>}");
        assertMarks("yaml", "a: 'b' # c", "a: <c-s>'b'</c-s> <c-c># c</c-c>");
        assertMarks("xml", "<a b=\"c\"/>",
                "&lt;<c-m>a</c-m> <c-v>b</c-v>=<c-s>\"c\"</c-s>/&gt;");
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
