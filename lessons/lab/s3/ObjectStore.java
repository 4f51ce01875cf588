package lab.s3;

// The object store, alone: its clients of other clouds are twice the size of all else. Below is what it needs itself.
//DEPS org.gaul:s3proxy:4.1.0@fatjar
//DEPS jakarta.servlet:jakarta.servlet-api:6.1.0
//DEPS com.google.guava:guava:33.7.1-jre
//DEPS tools.jackson.dataformat:jackson-dataformat-xml:3.2.4
//SOURCES RecordedS3.java

import data.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import lab.Actor;
import lab.Lab;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/// An S3-compatible object store in a process of its own, on loopback, open to anybody: S3Proxy over a folder.
public final class ObjectStore {
    private static final Duration PATIENCE = Duration.ofSeconds(20); // for a request, with what is tried again

    private ObjectStore() {}

    /// Serves, in a spawned method, until the lesson ends. If that is killed, this end deletes the folder.
    public static void serve() throws Exception {
        Path folder = Path.of(IO.readln());
        var files = new FilesystemNio2BlobStore(folder.toString());
        S3Proxy server = S3Proxy.builder().blobStore(files).awsAuthentication(AuthenticationType.NONE, null, null)
                .endpoint(URI.create("http://127.0.0.1:0")).build();
        server.start();
        Lab.serves(server.getPort());
        IO.readln(); // null: the lesson has ended
        Folders.delete(folder);
    }

    /// Gives the store a folder, deleted with the lesson, and connects to it.
    ///
    /// @param store a process that runs [#serve]
    /// @return a client, recorded, whose requests are as plain as can be: paths, no checksum that nobody asks for
    public static S3Client open(Actor store) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("object-store-");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
        store.tell(folder.toString());
        return S3Client.builder().region(Region.EU_CENTRAL_1)
                .endpointOverride(URI.create("http://127.0.0.1:" + store.port()))
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .forcePathStyle(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(c -> c.addExecutionInterceptor(new RecordedS3()).apiCallTimeout(PATIENCE))
                .build();
    }

    private static void delete(Path folder) {
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
