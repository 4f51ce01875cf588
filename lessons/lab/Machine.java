package lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What a lesson runs on: latencies mean little without it.
final class Machine {
    private Machine() {}

    /// `Linux`, `Mac OS X`
    static String os() {
        return System.getProperty("os.name");
    }

    /// The processor's name as its maker writes it; the architecture where the system does not tell the name.
    static String processor() {
        Optional<String> name = os().startsWith("Mac") ? ofMac() : modelName(Path.of("/proc/cpuinfo"));
        return name.filter(n -> !n.isBlank()).orElse(System.getProperty("os.arch"));
    }

    /// The first `model name` of Linux' list of processors; on Arm it has none.
    static Optional<String> modelName(Path cpuinfo) {
        try {
            return Files.readAllLines(cpuinfo).stream().filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip()).findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> ofMac() {
        try {
            Process sysctl = new ProcessBuilder(List.of("/usr/sbin/sysctl", "-n", "machdep.cpu.brand_string")).start();
            return Optional.of(new String(sysctl.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
