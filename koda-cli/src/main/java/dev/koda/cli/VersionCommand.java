package dev.koda.cli;

import dev.koda.checks.stack.KodaVersion;
import picocli.CommandLine.Command;

@Command(name = "version", description = "Print the version of koda, of Java and of the system.")
final class VersionCommand implements Runnable {
    private final Shell shell;

    VersionCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        shell.document("koda " + KodaVersion.text() + "\njava " + System.getProperty("java.version") + " ("
                + System.getProperty("java.vendor") + ")\nsystem " + System.getProperty("os.name") + " "
                + System.getProperty("os.version") + " " + System.getProperty("os.arch") + "\n");
    }
}
