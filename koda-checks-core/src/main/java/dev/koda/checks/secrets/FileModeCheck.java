package dev.koda.checks.secrets;

import dev.koda.checks.CheckContext;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Fails if others can read or replace a file that holds secrets, as ssh does with its keys. */
final class FileModeCheck implements CheckSpec.BlockingCheck {
    private static final int ROOT = 0;

    private final List<Path> files;
    private final ProcessIdentity.Source identity;

    FileModeCheck(List<Path> files, ProcessIdentity.Source identity) {
        this.files = files;
        this.identity = identity;
    }

    @Override
    public Outcome run(CheckContext context) throws IOException {
        var present = files.stream().filter(file -> !Files.notExists(file)).toList();
        if (present.isEmpty()) {
            return Outcome.skipped("no file holds secrets");
        }
        if (!present.get(0).getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return Outcome.skipped("the files here have no owner and permissions of Unix");
        }
        var us = identity.read();
        var answers = new ArrayList<Outcome>();
        for (var file : present) {
            if (Files.exists(file)) {
                judge(file, us, answers);
            } else {
                answers.add(unknown(file));
            }
        }
        return Outcome.combined(answers, Outcome.pass(passed(present)));
    }

    private static Outcome unknown(Path file) {
        return Outcome.warn("this user may not look at " + file + ", so who else reads it is not known")
                .reason("unknown_mode")
                .hint("run the doctor as the user that the stack runs as");
    }

    private static String passed(List<Path> present) {
        return present.size() == 1
                ? "only its owner reads " + present.get(0)
                : "only their owners read the " + present.size() + " files that hold secrets";
    }

    private static void judge(Path file, Optional<ProcessIdentity> us, List<Outcome> answers) throws IOException {
        var mode = FileMode.of(file);
        if (mode.isOpenToOthers()) {
            answers.add(
                    Outcome.fail(file + " has mode " + mode.octal() + ", so every user of the machine has its secrets")
                            .reason("world_readable")
                            .hint("chmod 600 " + file));
        } else if (mode.isOpenToGroup() && us.isPresent() && !us.get().groups().contains(mode.group())) {
            answers.add(Outcome.warn(file + " has mode " + mode.octal() + " and belongs to a group that is not ours")
                    .reason("group_readable")
                    .hint("chmod 600 " + file));
        }
        if (us.isPresent() && mode.user() != ROOT && mode.user() != us.get().user()) {
            answers.add(Outcome.warn(file + " belongs to user id " + mode.user() + ", neither ours nor root")
                    .reason("foreign_owner")
                    .hint("chown the file to the user that the stack runs as"));
        }
        place(file, answers);
    }

    private static void place(Path file, List<Outcome> answers) throws IOException {
        var directory = file.toAbsolutePath().getParent();
        if (directory == null) {
            return;
        }
        if (FileMode.of(directory).isReplaceableByOthers()) {
            answers.add(Outcome.fail(file + " lies in a directory in which every user of the machine may replace it")
                    .reason("world_writable_directory")
                    .hint("chmod o-w " + directory));
        }
        if (Files.isSymbolicLink(file) && !file.toRealPath().startsWith(directory.toRealPath())) {
            answers.add(Outcome.warn(file + " is a link to a file outside its directory")
                    .reason("linked_outside")
                    .hint("keep the file itself there, so that its protection can be seen"));
        }
    }
}
