package lab;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A certificate that a server signed itself, for localhost, and a trust store with it.
///
/// @param key   its private key, as Valkey reads it
/// @param trust what a JVM must be given to trust it
public record OwnCertificate(Path certificate, Path key, Path trust) {
    private static final String PASSWORD = "changeit";

    /// Makes one in `folder`, by the JDK's keytool.
    public static OwnCertificate in(Path folder) throws Exception {
        Path keys = folder.resolve("keys.p12");
        Path pem = folder.resolve("certificate.pem");
        Path trust = folder.resolve("trust.p12");
        keytool("-genkeypair", "-alias", "own", "-keyalg", "EC", "-dname", "CN=localhost", "-validity", "2",
                "-ext", "SAN=dns:localhost,ip:127.0.0.1", "-keystore", keys.toString());
        keytool("-exportcert", "-rfc", "-alias", "own", "-keystore", keys.toString(), "-file", pem.toString());
        keytool("-importcert", "-noprompt", "-alias", "own", "-file", pem.toString(), "-keystore", trust.toString());
        var store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        byte[] key = store.getKey("own", PASSWORD.toCharArray()).getEncoded();
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
        Path file = Files.writeString(folder.resolve("key.pem"),
                "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n");
        return new OwnCertificate(pem, file, trust);
    }

    /// Lines of a valkey.conf by which a server answers over TLS at `port`.
    public List<String> server(int port) {
        return List.of("tls-port " + port, "tls-cert-file " + certificate, "tls-key-file " + key,
                "tls-ca-cert-file " + certificate, "tls-auth-clients no");
    }

    /// By this every JVM that a process starts trusts the server.
    public Map<String, String> environment() {
        return Map.of("JAVA_TOOL_OPTIONS", "-Djavax.net.ssl.trustStore=" + trust + " -Djavax.net.ssl.trustStorePassword=" + PASSWORD);
    }

    private static void keytool(String... words) throws Exception {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> command = Stream.concat(Stream.of(tool.toString()),
                Stream.concat(Stream.of(words), Stream.of("-storepass", PASSWORD))).toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) throw new IllegalStateException(said);
    }
}
