package dev.koda.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A host with nothing but a stand-in for Docker, on which {@code install.sh} and {@code update.sh} of the built distribution are
 * run; the doctor that they ask is the real one.
 */
final class DeployedKoda implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final KodaSandbox sandbox;
    private final Path host;
    private final StandInKoda koda;

    private DeployedKoda(KodaSandbox sandbox, Path host, StandInKoda koda) {
        this.sandbox = sandbox;
        this.host = host;
        this.koda = koda;
    }

    /** One of its own, in a directory of this name. */
    static DeployedKoda on(KodaSandbox sandbox, String name) throws IOException {
        var host = sandbox.directory(name);
        return new DeployedKoda(sandbox, host, StandInKoda.start(Files.createDirectories(host.resolve("docker"))));
    }

    /** Another host with the same install, the same images and the same containers. */
    DeployedKoda copy(String name) throws IOException {
        var other = on(sandbox, name);
        var copy = sandbox.run(
                List.of("cp", "-a", directory().toString(), docker("").toString(), other.host.toString()));
        assertThat(copy.awaitExit(LIMIT)).as(copy.toString()).isZero();
        var env = other.directory().resolve(".env");
        Files.writeString(env, Files.readString(env).replace(":" + port(), ":" + other.port()));
        return other;
    }

    /** Where Koda is installed. */
    Path directory() {
        return host.resolve("koda");
    }

    /** A file of the stand-in for Docker. */
    Path docker(String name) {
        return host.resolve("docker").resolve(name);
    }

    int port() {
        return koda.port();
    }

    /** A release whose app is the given image, with settings under which only what is stood in for is asked. */
    KodaRelease release(String version, String... services) {
        return KodaRelease.make(host.resolve("release-" + version), version, services)
                .template("""
                        # as it comes
                        KODA_STACK=none
                        POSTGRES_PASSWORD=replace-with-a-strong-password
                        CONTROL_PLANE_API_TOKEN=replace-with-a-token
                        CONTROL_PLANE_BASE_URL=http://127.0.0.1:%1$d
                        KODA_OPERATIONS_URL=http://127.0.0.1:%1$d
                        """.formatted(port()));
    }

    /** Starts {@code install.sh} or {@code update.sh}, patient as for a busy machine, and does not wait for it. */
    RealProcess start(String script, String... arguments) {
        var program = Distribution.installed().home().resolve("deploy/compose").resolve(script);
        var command = new ArrayList<>(List.of(
                // A shell cannot trap what it was started without, as with nohup.
                "env",
                "--default-signal=HUP,INT,TERM",
                program.toString(),
                "--dir",
                directory().toString(),
                "--wait",
                "60s"));
        command.addAll(List.of(arguments));
        var programs = Path.of("src/test/resources/docker").toAbsolutePath();
        return sandbox.run(
                command,
                Map.of(
                        "PATH",
                        programs + ":" + System.getenv("PATH"),
                        "DOCKER_STATE",
                        docker("").toString()));
    }

    /** Runs it to its end. */
    RealProcess run(String script, String... arguments) {
        var process = start(script, arguments);
        process.awaitExit(LIMIT);
        return process;
    }

    RealProcess install(KodaRelease release, String... more) {
        return run("install.sh", with(release, more));
    }

    RealProcess update(KodaRelease release, String... more) {
        return run("update.sh", with(release, more));
    }

    /** With less patience for a release that is bad: it will not get better. */
    static String[] with(KodaRelease release, String... more) {
        var arguments = new ArrayList<>(List.of("--release", release.directory().toString()));
        if (release.isBad()) {
            arguments.addAll(List.of("--wait", "3s"));
        }
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    /** The stand-in's step of this name hangs once it has done its work; gives the file that tells so. */
    Path hang(String step) {
        write("hang-" + step, "");
        return docker("at-" + step);
    }

    /** Waits until the process hangs at the step, and ends that arrangement. */
    void awaitStep(RealProcess process, String step) {
        Within.limit(LIMIT, "step " + step + " of " + process, () -> Files.exists(docker("at-" + step)));
        remove("hang-" + step);
    }

    /** Writes a file of the stand-in for Docker. */
    void write(String name, String text) {
        try {
            Files.createDirectories(docker(name).getParent());
            Files.writeString(docker(name), text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void remove(String name) {
        try {
            Files.deleteIfExists(docker(name));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The calls of the stand-in that contain these words. */
    List<String> calls(String words) {
        try {
            return Files.readAllLines(docker("calls")).stream()
                    .filter(line -> line.contains(words))
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** All that is in the install: names, modes, times and content. */
    Map<String, String> files() {
        return files(directory());
    }

    /** The names of images and what they are, and what runs. */
    Map<String, String> images() {
        var all = new TreeMap<String, String>();
        files(docker("images")).forEach((name, state) -> all.put("image " + name, withoutTime(state)));
        files(docker("containers")).forEach((name, state) -> all.put("container " + name, withoutTime(state)));
        return all;
    }

    private static String withoutTime(String state) {
        return state.substring(state.lastIndexOf(' ') + 1);
    }

    private static Map<String, String> files(Path directory) {
        var all = new TreeMap<String, String>();
        if (!Files.exists(directory)) {
            return all;
        }
        try (var files = Files.walk(directory)) {
            for (var file : files.filter(one -> !one.equals(directory)).toList()) {
                var attributes = Files.readAttributes(file, PosixFileAttributes.class);
                var state = PosixFilePermissions.toString(attributes.permissions());
                if (attributes.isRegularFile()) {
                    state += " " + attributes.lastModifiedTime() + " " + KodaRelease.sha256(file);
                }
                all.put(directory.relativize(file).toString(), state);
            }
            return all;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        koda.close();
    }
}
