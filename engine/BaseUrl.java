package engine;

import data.Fault;
import java.net.URI;

/// Where a site will be published: what search engines and previews need, and no page can know by itself.
///
/// @param url absolute, ends in a slash
public record BaseUrl(String url) {

    /// @throws Fault (usage) unless it is an absolute address of a folder
    public static BaseUrl parse(String given) {
        URI uri;
        try {
            uri = URI.create(given.strip());
        } catch (IllegalArgumentException e) {
            throw wrong(given);
        }
        boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
        if (!web || uri.getHost() == null || uri.getUserInfo() != null || uri.getRawQuery() != null
                || uri.getRawFragment() != null) throw wrong(given);
        String url = uri.normalize().toString();
        return new BaseUrl(url.endsWith("/") ? url : url + "/");
    }

    private static Fault wrong(String given) {
        String shown = MarkdownText.oneLine(Plain.text(given)).replaceAll("//[^/]*@", "//…@"); // no password
        return new Fault(Fault.USAGE, "--base-url '%s': want the address of the site's folder, such as "
                .formatted(shown) + "https://example.org/workshop/");
    }

    /// The address of a file of the site.
    String of(String file) {
        return url + (file.equals("index.html") ? "" : file);
    }
}
