package engine;

import dev.jbang.dependencies.ArtifactResolver;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.context.Runtimes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipFile;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;

/// Deque's axe-core, the accessibility checker that browsers' own tools are made with: one script.
final class AxeCore {
    /// The jar that carries it, and only that: a `//DEPS` would bring 86 more, an older Selenium among them.
    private static final String JAR = "com.deque.html.axe-core:selenium:4.11.1";

    private AxeCore() {}

    /// The script's source, to be run in a page.
    static String source() throws ArtifactResolutionException, IOException {
        var overrides = ContextOverrides.create().withUserSettings(true)
                .withLocalRepositoryOverride(ArtifactResolver.getLocalMavenRepo()).build();
        try (var maven = Runtimes.INSTANCE.getRuntime().create(overrides)) {
            var jar = new ArtifactRequest(new DefaultArtifact(JAR), maven.remoteRepositories(), null);
            var found = maven.repositorySystem().resolveArtifact(maven.repositorySystemSession(), jar).getArtifact();
            try (var zip = new ZipFile(found.getFile())) {
                var script = zip.getInputStream(zip.getEntry("axe.min.js"));
                return new String(script.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }
}
