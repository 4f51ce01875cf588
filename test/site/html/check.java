///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
// The Nu HTML checker, the one behind validator.w3.org: its schemas are within the jar, so that nothing is fetched.
//DEPS nu.validator:validator:26.5.2

import nu.validator.checker.InfoAwareErrorHandler;
import nu.validator.validation.SimpleDocumentValidator;
import org.xml.sax.InputSource;
import org.xml.sax.SAXParseException;

/// Holds pages to the HTML standard: prints every error and warning as `file:line: what`.
///
/// A script of its own, as what the checker brings (Jetty, Saxon, Log4j 1) must not meet what the tests run. Of CSS it
/// sees nothing: no page has a style of its own, and its check of style sheets is behind the standards.
void main(String... pages) throws Exception {
    var validator = new SimpleDocumentValidator(true, false, false);
    validator.setUpMainSchema("http://s.validator.nu/html5-rdfalite.rnc", new Printer()); // a name, not an address
    for (String page : pages) {
        validator.setUpValidatorAndParsers(new Printer(), false, false);
        try (InputStream html = Files.newInputStream(Path.of(page))) {
            var source = new InputSource(html);
            source.setSystemId("https://site.example/" + Path.of(page).getFileName()); // a policy's 'self' is this host
            source.setEncoding("UTF-8");
            validator.checkHtmlInputSource(source);
        }
    }
}

static class Printer implements InfoAwareErrorHandler {
    @Override public void info(SAXParseException advice) {}

    @Override public void warning(SAXParseException e) { print(e); }

    @Override public void error(SAXParseException e) { print(e); }

    @Override public void fatalError(SAXParseException e) { print(e); }

    private static void print(SAXParseException e) {
        String file = e.getSystemId().replaceFirst(".*/", "");
        IO.println("%s:%d: %s".formatted(file, e.getLineNumber(), e.getMessage()));
    }
}
