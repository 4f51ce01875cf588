package engine;

import java.nio.file.Path;
import java.util.Optional;

/// What is known of where a site goes: its address, and whether it is printed.
///
/// @param press what prints it, if it is to be a PDF too
public record Publication(Optional<BaseUrl> base, Optional<Chromium> press) {
    /// The print edition as PDF, within the site.
    public static final String PDF = "cache-me-if-you-can.pdf";
    /// The front page as a picture, within the site.
    static final String PICTURE = "picture.png";
    /// A site that may go anywhere.
    public static final Publication ANYWHERE = new Publication(Optional.empty(), Optional.empty());

    /// Prints a site that is otherwise whole; whoever shows a link to it needs a picture.
    void print(Path site) {
        press.ifPresent(chromium -> {
            chromium.pdf(site.resolve("print.html"), site.resolve(PDF));
            if (base.isPresent()) chromium.picture(site.resolve("index.html"), site.resolve(PICTURE));
        });
    }
}
