package dev.koda.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.koda.checks.settings.ComposeFile;
import dev.koda.checks.settings.SettingsException;
import dev.koda.checks.settings.StackFile;
import dev.koda.cli.proposal.ComposeHost;
import dev.koda.cli.proposal.ComposeProposals;
import dev.koda.cli.proposal.StackFileText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "init",
        description = "Write a koda.yaml with checks proposed from a compose file.",
        footer = {
            "",
            "Proposed are a check of each TCP port that a service publishes, over HTTP where",
            "its health check or its image says how, and of the room where data is kept.",
            "Without --compose the file is the first of: compose.yaml, compose.yml,",
            "docker-compose.yml, docker-compose.yaml, bundle/docker-compose.release.yml",
            "",
            "Examples:",
            "  koda init --print",
            "  koda init --dir /opt/koda && koda doctor --dir /opt/koda"
        })
final class InitCommand implements Runnable {
    private static final List<String> USUAL = List.of(
            "compose.yaml",
            "compose.yml",
            "docker-compose.yml",
            "docker-compose.yaml",
            "bundle/docker-compose.release.yml");
    private static final String SCHEMA = "docs/schema/koda-yaml.schema.json";

    private final Shell shell;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Write DIR/koda.yaml and look there for a compose file; default: the working directory.")
    private @Nullable Path named;

    @Option(names = "--compose", paramLabel = "FILE", description = "Propose checks from this compose file.")
    private @Nullable Path composeFile;

    @Option(names = "--no-compose", description = "Propose none.")
    private boolean isWithoutCompose;

    @Option(names = "--force", description = "Replace a koda.yaml that is there.")
    private boolean isForced;

    @Option(names = "--print", description = "Write to standard output and to no file.")
    private boolean isPrinted;

    InitCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        if (composeFile != null && isWithoutCompose) {
            throw wrong("--compose and --no-compose contradict each other");
        }
        var directory =
                shell.directory().resolve(named == null ? Path.of("") : named).normalize();
        if (!Files.isDirectory(directory)) {
            throw wrong(directory + " is no directory");
        }
        var file = directory.resolve("koda.yaml");
        var store = new StackFileStore(file);
        if (!isPrinted) {
            refuse(file, store);
        }
        var compose = composeFile(directory);
        var proposals = compose == null ? ComposeProposals.none() : proposals(compose, directory);
        var text = StackFileText.of(
                schema(), service(compose, directory), compose == null ? null : name(compose, directory), proposals);
        // What is proposed must never be refused by the next command.
        StackFile.parse(file, text.getBytes(UTF_8), variable -> null);
        if (isPrinted) {
            shell.document(text);
        } else {
            store.write(text);
            shell.document(summary(file, compose, directory, proposals));
        }
    }

    private void refuse(Path file, StackFileStore store) {
        if (store.exists() && !isForced) {
            throw wrong(file + " is there already; --force replaces it, --print shows what would be written");
        }
        var refusal = store.refusal();
        if (refusal != null) {
            throw wrong("cannot write " + file + ": " + refusal);
        }
    }

    private @Nullable ComposeFile composeFile(Path directory) {
        if (isWithoutCompose) {
            return null;
        }
        var file = composeFile != null
                ? shell.directory().resolve(composeFile).normalize()
                : USUAL.stream()
                        .map(directory::resolve)
                        .filter(Files::isRegularFile)
                        .findFirst()
                        .orElse(null);
        if (file == null) {
            return null;
        }
        return ComposeFile.read(file, variables(project(file, directory))::get);
    }

    /** Those of the compose file, which is asked for with them; a file that we cannot read says nothing. */
    private Variables variables(Path project) {
        var files = Stream.of(".env", ".release.env")
                .map(project::resolve)
                .filter(Files::isReadable)
                .filter(Files::isRegularFile)
                .toList();
        try {
            return Variables.of(shell, files);
        } catch (SettingsException broken) {
            broken.problems().forEach(problem -> shell.say("koda init: passed over " + problem));
            return Variables.of(shell, List.of());
        }
    }

    /** The bundle of a Koda install is used with the directory above it. */
    private static Path project(Path file, Path directory) {
        var parent = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file stands in a directory");
        return parent.equals(directory.toAbsolutePath().resolve("bundle")) ? directory : parent;
    }

    private ComposeProposals proposals(ComposeFile compose, Path directory) {
        if (!compose.isWhole()) {
            shell.say("koda init: " + name(compose, directory)
                    + " includes or extends other files, which are not read; try: docker compose config > all.yaml");
        }
        var host = new ComposeHost(project(compose.file(), directory), shell.home(), ComposeHost.USUAL_DOCKER_ROOT);
        return ComposeProposals.of(compose, host);
    }

    private @Nullable String schema() {
        var file = Launcher.of(shell).locate(SCHEMA);
        return file.equals(SCHEMA) ? null : file;
    }

    private static @Nullable String service(@Nullable ComposeFile compose, Path directory) {
        var project = compose == null ? directory : project(compose.file(), directory);
        var name = compose == null || compose.name() == null
                ? String.valueOf(project.toAbsolutePath().getFileName())
                : compose.name();
        var clean = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]+", "").replaceFirst("^[_-]+", "");
        return clean.isEmpty() ? null : clean;
    }

    private static String name(ComposeFile compose, Path directory) {
        var file = compose.file();
        return (file.startsWith(directory) ? directory.relativize(file) : file).toString();
    }

    private String summary(Path file, @Nullable ComposeFile compose, Path directory, ComposeProposals proposals) {
        var text = new StringBuilder("wrote " + file + "\n");
        if (compose != null) {
            int count = proposals.checks().size();
            text.append("  " + count + (count == 1 ? " check" : " checks") + " proposed from "
                    + name(compose, directory) + "\n");
            proposals.checks().forEach(check -> text.append("    " + check.id() + "\n"));
            proposals.without().forEach((what, why) -> text.append("  none for " + what + ": " + why + "\n"));
        }
        var where = named == null ? "" : " --dir " + UpText.quoted(directory.toString());
        return text.append("next: " + Launcher.of(shell).command() + " doctor" + where + "\n")
                .toString();
    }

    private ParameterException wrong(String why) {
        return new ParameterException(spec.commandLine(), why);
    }
}
