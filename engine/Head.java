package engine;

import java.util.List;
import java.util.Optional;

/// What a page tells programs about itself: search engines, previews of links, readers of Markdown.
///
/// @param url        where the page will be, if that is known; with `image`, a picture of the site
/// @param alternates the same in other forms
public record Head(String description, Optional<String> url, Optional<String> image, List<Alternate> alternates) {

    /// @param type  `text/markdown`
    /// @param label as a reader knows it: `Markdown`
    public record Alternate(String type, String href, String label) {}

    /// The head of a page.
    ///
    /// @param description the page in a sentence
    static Head of(Page page, String description, Publication publication) {
        Optional<String> picture = publication.press().map(_ -> Publication.PICTURE);
        return new Head(description, publication.base().map(base -> base.of(page.file())),
                publication.base().flatMap(base -> picture.map(base::of)), alternates(page, publication));
    }

    private static List<Alternate> alternates(Page page, Publication publication) {
        var pdf = new Alternate("application/pdf", Publication.PDF, "PDF");
        return switch (page) {
            case Page.OfLesson lesson -> List.of(markdown(MarkdownEdition.file(lesson.file().replace(".html", ""))));
            case Page.Print _ when publication.press().isPresent() -> List.of(pdf, markdown(Llms.FULL));
            case Page.Print _ -> List.of(markdown(Llms.FULL));
            case Page.Home _ when publication.press().isPresent() -> List.of(markdown(Llms.LIST), pdf);
            default -> List.of(markdown(Llms.LIST));
        };
    }

    private static Alternate markdown(String file) {
        return new Alternate("text/markdown", file, "Markdown");
    }
}
