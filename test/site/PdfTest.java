package engine;

// Reads what was printed.
//DEPS org.apache.pdfbox:pdfbox:3.0.8

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import data.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionURI;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotation;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.destination.PDNamedDestination;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The print edition as PDF.
class PdfTest {
    @TempDir Path folder;

    @Test
    void itHasAllLessonsWithLinksAndBookmarksThatLeadToThem() throws IOException {
        Path site = folder.resolve("site");
        Chromium press = new Chromium(Path.of("/usr/bin/chromium"), Duration.ofMinutes(1));
        assumeTrue(Files.isExecutable(press.program()), "no chromium in /usr/bin");
        Fixture.site().write(site, Fixture.TEMPLATES,
                new Publication(Optional.of(BaseUrl.parse("https://example.org/")), Optional.of(press)));

        try (PDDocument pdf = Loader.loadPDF(site.resolve(Publication.PDF).toFile())) {
            String text = new PDFTextStripper().getText(pdf);
            for (String words : List.of("Contents", "Meet the airport", "Cache-aside", "Setup", "Query examples",
                    "1,000: nothing was ever cached", "two and two are five"))
                assertTrue(text.contains(words), words);
            List<String> outside = new ArrayList<>();
            int within = 0;
            for (PDPage page : pdf.getPages())
                for (PDAnnotation annotation : page.getAnnotations()) {
                    var link = (PDAnnotationLink) annotation;
                    if (link.getAction() instanceof PDActionURI uri) outside.add(uri.getURI());
                    else {
                        assertTrue(link.getDestination() instanceof PDNamedDestination name
                                && pdf.getDocumentCatalog().findNamedDestinationPage(name) != null, "leads nowhere");
                        within++;
                    }
                }
            assertTrue(within >= 4, "the contents at least");
            assertTrue(outside.stream().allMatch(url -> url.startsWith("https://")), outside.toString());
            var outline = pdf.getDocumentCatalog().getDocumentOutline().children();
            assertTrue(StreamSupport.stream(outline.spliterator(), false).map(PDOutlineItem::getTitle).toList()
                    .contains("Cache-aside"));
            assertTrue(pdf.getDocumentCatalog().getMarkInfo().isMarked(), "tagged, for readers that do not see");
        }
        var home = Jsoup.parse(Files.readString(site.resolve("index.html")));
        assertEquals(1, home.select("a[href=%s]".formatted(Publication.PDF)).size());
        assertEquals("https://example.org/picture.png", home.select("[property=og:image]").attr("content"));
        assertEquals(1200, ImageIO.read(site.resolve("picture.png").toFile()).getWidth());
    }

    @Test
    void withoutABrowserOneLineSaysWhatToInstall() {
        Fault fault = assertThrows(Fault.class, () -> Chromium.find(folder.toString()));
        assertEquals(Fault.USAGE, fault.exitCode());
        assertTrue(fault.getMessage().contains("apt install chromium"), fault.getMessage());
    }

    @Test
    void aBrowserThatHangsIsEndedAndTheOldSiteStays() throws IOException {
        Path site = folder.resolve("site");
        Fixture.site().write(site, Fixture.TEMPLATES);
        Path hangs = Files.writeString(folder.resolve("hangs"),
                "#!/bin/sh\necho $$ > \"$(dirname \"$0\")/pid\"\nsleep 60\n");
        Files.setPosixFilePermissions(hangs, PosixFilePermissions.fromString("rwx------"));
        var publication = new Publication(Optional.empty(), Optional.of(new Chromium(hangs, Duration.ofMillis(500))));

        Fault fault = assertThrows(Fault.class, () -> Fixture.site().write(site, Fixture.TEMPLATES, publication));

        assertTrue(fault.getMessage().contains("did not end within"), fault.getMessage());
        assertFalse(ProcessHandle.of(Long.parseLong(Files.readString(folder.resolve("pid")).strip()))
                .map(ProcessHandle::isAlive).orElse(false));
        assertTrue(Files.exists(site.resolve("lesson02.html")));
        assertFalse(Files.exists(site.resolve(Publication.PDF)));
    }
}
