package dev.koda.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An example that has been compiled, together with the program of {@code src/it/embedding} that asks it, if there is one. */
final class JavaProgram {
    private static final Path DRIVERS = Path.of("src", "it", "embedding");
    private static final long LIMIT_SECONDS = 120;

    private final Path directory;
    private final String classPath;

    private JavaProgram(Path directory, String classPath) {
        this.directory = directory;
        this.classPath = classPath;
    }

    static JavaProgram compile(Path directory, ReadmeExample example, Jars jars) throws Exception {
        var classes = Files.createDirectories(directory.resolve("classes"));
        var source = Files.writeString(directory.resolve(example.fileName()), example.source());
        var program = new JavaProgram(directory, classes + File.pathSeparator + jars.classPath());
        var command = new ArrayList<>(
                List.of("-J-XX:TieredStopAtLevel=1", "--release", "17", "-proc:none", "-d", classes.toString()));
        command.add(source.toString());
        drivers(example.name()).forEach(driver -> command.add(driver.toString()));
        program.execute("javac", command);
        return program;
    }

    /** Runs the class until it ends by itself, with exit code 0; what it wrote to standard output. */
    String run(String className, String argument) throws Exception {
        return execute("java", List.of("com.example.orders." + className, argument));
    }

    private String execute(String tool, List<String> arguments) throws Exception {
        var command = new ArrayList<>(List.of(jdk(tool), "-cp", classPath));
        command.addAll(arguments);
        var errors = directory.resolve(tool + ".err");
        var output = directory.resolve(tool + ".out");
        var process = new ProcessBuilder(command)
                .redirectError(errors.toFile())
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .as("%s ends by itself", tool)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
        return Files.readString(output);
    }

    private static List<Path> drivers(String example) throws IOException {
        var own = DRIVERS.resolve(example);
        if (!Files.exists(own)) {
            return List.of();
        }
        try (var shared = Files.list(DRIVERS);
                var files = Files.list(own)) {
            return Stream.concat(shared, files)
                    .filter(file -> file.toString().endsWith(".java"))
                    .toList();
        }
    }

    private static String jdk(String tool) {
        return Path.of(System.getProperty("java.home"), "bin", tool).toString();
    }
}
