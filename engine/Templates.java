package engine;

// Auto-escaping templates: what a lesson printed cannot become markup.
//DEPS org.freemarker:freemarker:2.3.35

import data.Fault;
import freemarker.core.HTMLOutputFormat;
import freemarker.template.Configuration;
import freemarker.template.DefaultObjectWrapper;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// The folder of FreeMarker templates that turns pages into HTML.
final class Templates {
    private static final String STYLE = "style.css";

    private final Configuration configuration = new Configuration(Configuration.VERSION_2_3_35);
    private final Path folder;
    private final Function<Page, Head> heads;

    /// The templates of pages by themselves, of no site.
    Templates(Path folder) {
        this(folder, page -> Head.of(page, page.title(), Publication.ANYWHERE));
    }

    /// @param heads what stands in the head of each page
    Templates(Path folder, Function<Page, Head> heads) {
        this.folder = folder;
        this.heads = heads;
        try {
            configuration.setDirectoryForTemplateLoading(folder.toFile());
        } catch (IOException e) {
            throw new Fault(Fault.USAGE, "%s: no folder of templates; run from a whole checkout".formatted(folder), e);
        }
        configuration.setDefaultEncoding("UTF-8");
        configuration.setLocale(Locale.ROOT);
        configuration.setNumberFormat("computer");
        configuration.setObjectWrapper(new Wrapper());
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setLogTemplateExceptions(false);
    }

    /// The page's whole HTML.
    String render(Page page) {
        var html = new StringWriter(32_768);
        render(page, html);
        return html.toString();
    }

    /// Writes a page's HTML piece by piece: all lessons on one page may be more than one wants to hold.
    void render(Page page, Writer html) {
        try {
            configuration.getTemplate(page.template()).process(new Model(page, heads.apply(page)), html);
        } catch (IOException | TemplateException e) {
            throw new Fault(Fault.FAILED, "templates/%s: %s".formatted(page.template(), e.getMessage()), e);
        }
    }

    /// Writes what a site carries beside its pages: the style sheet, and every other file here and in `script/` that
    /// is no template.
    void writeAssets(Path site) throws IOException {
        Files.writeString(site.resolve(STYLE), StyleSheet.of(folder.resolve(STYLE)));
        for (Path from : List.of(folder, folder.resolve("script"))) {
            try (Stream<Path> files = Files.list(from)) {
                for (Path file : files.filter(Templates::isAsset).toList()) {
                    Path target = site.resolve(folder.relativize(file).toString());
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target);
                }
            }
        }
    }

    private static boolean isAsset(Path file) {
        String name = file.getFileName().toString();
        return Files.isRegularFile(file) && !name.endsWith(".ftlh") && !name.equals(STYLE);
    }

    /// The names that every template knows.
    public record Model(Page page, Head head) {}

    /// Shows templates the values of records: [Html] as it stands, text fit to be read, an empty Optional as missing.
    private static final class Wrapper extends DefaultObjectWrapper {
        Wrapper() {
            super(Configuration.VERSION_2_3_35);
        }

        @Override
        public TemplateModel wrap(Object value) throws TemplateModelException {
            return switch (value) {
                case Html html -> HTMLOutputFormat.INSTANCE.fromMarkup(html.markup());
                case String text -> super.wrap(Plain.text(text));
                case Optional<?> optional -> wrap(optional.orElse(null));
                case null, default -> super.wrap(value);
            };
        }
    }
}
