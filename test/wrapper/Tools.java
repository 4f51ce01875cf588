package wrapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A folder to be all of PATH: the tools that every system has, and small scripts that stand for others.
record Tools(Path folder) {
    private static final List<String> SYSTEM = List.of("sh", "bash", "uname", "mkdir", "dirname", "readlink", "id",
            "rm", "cp", "mv", "cat", "sort", "sleep", "flock", "perl");

    static Tools in(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (String name : SYSTEM) {
            Optional<Path> tool = Stream.of(System.getenv("PATH").split(":")).map(path -> Path.of(path, name))
                    .filter(Files::isExecutable).findFirst();
            if (tool.isPresent()) write(folder, name, "exec '%s' \"$@\"".formatted(tool.get()));
        }
        return new Tools(folder);
    }

    /// A Maven that has JBang.
    Tools maven(Path jar) throws IOException {
        return add("mvn", copyAsMaven(jar));
    }

    Tools without(String name) throws IOException {
        Files.deleteIfExists(folder.resolve(name));
        return this;
    }

    Tools add(String name, String script) throws IOException {
        write(folder, name, script);
        return this;
    }

    String path() {
        return folder.toString();
    }

    /// What Maven does with a pom that depends on JBang: its jar is in the local repository then.
    static String copyAsMaven(Path jar) {
        return """
                for option; do case $option in -Dmaven.repo.local=*) repository=${option#*=} ;; esac; done
                folder=$repository/dev/jbang/jbang-cli/%1$s
                mkdir -p "$folder" && cp '%2$s' "$folder/jbang-cli-%1$s-all.jar\"""".formatted(Checkout.PINNED, jar);
    }

    static Path write(Path folder, String name, String script) throws IOException {
        Path program = Files.writeString(Files.createDirectories(folder).resolve(name), "#!/bin/sh\n" + script + "\n");
        return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
