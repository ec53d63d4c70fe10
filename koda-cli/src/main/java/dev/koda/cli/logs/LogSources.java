package dev.koda.cli.logs;

import dev.koda.checks.Nearest;
import dev.koda.checks.Redactor;
import dev.koda.cli.output.Ink;
import dev.koda.cli.output.Lines;
import dev.koda.cli.output.TextStyle;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** Finds the logs that are asked for. */
final class LogSources {
    private static final int FARTHEST = 3;
    private static final int WIDEST_NAME = 20;
    /** Told apart on dark and on light, and none of them the red and yellow of what went wrong. */
    private static final List<Ink> INKS = List.of(
            Ink.CYAN,
            Ink.GREEN,
            Ink.MAGENTA,
            Ink.BLUE,
            Ink.BRIGHT_CYAN,
            Ink.BRIGHT_GREEN,
            Ink.BRIGHT_MAGENTA,
            Ink.BRIGHT_BLUE);

    private final LogRequest request;
    private final LogSurroundings around;
    private final Children children;
    private final List<LogSource> sources = new ArrayList<>();
    private final List<Ink> inks = new ArrayList<>();

    private LogSources(LogRequest request, LogSurroundings around, Children children) {
        this.request = request;
        this.around = around;
        this.children = children;
    }

    /**
     * Finds them; asks Docker, but reads none of them yet.
     *
     * @throws LogsException if there is one that cannot be read
     */
    static LogSources find(LogRequest request, LogSurroundings around, Monitor monitor, Children children)
            throws LogsException {
        var found = new LogSources(request, around, children);
        if (request.needsCompose()) {
            found.addServices();
        }
        for (var file : request.files()) {
            var name = String.valueOf(file.getFileName());
            found.add(new FileSource(name, file, found.range(), request.isFollowed(), around.time(), monitor));
        }
        for (var unit : request.units()) {
            found.add(new JournalSource(unit, children, found.range(), around.time()));
        }
        return found;
    }

    List<LogSource> all() {
        return sources;
    }

    List<String> names() {
        return sources.stream().map(LogSource::name).toList();
    }

    /** For each log its name, all of one width, and an ink that it has whatever else is shown. */
    List<PrettyFormat.Label> labels(TextStyle style) {
        var names = names().stream().map(name -> cut(SafeText.of(name, style))).toList();
        int width = names.stream().mapToInt(Lines::width).max().orElse(0);
        var labels = new ArrayList<PrettyFormat.Label>();
        for (int i = 0; i < names.size(); i++) {
            labels.add(new PrettyFormat.Label(Lines.padded(names.get(i), width), inks.get(i)));
        }
        return labels;
    }

    private static String cut(String name) {
        return name.length() > WIDEST_NAME ? name.substring(0, WIDEST_NAME - 1) + "~" : name;
    }

    private Range range() {
        return request.selection().range();
    }

    private void addServices() throws LogsException {
        var redactor = Redactor.of(request::secrets);
        var project = ComposeProject.find(
                request.places(), children, text -> SafeText.of(redactor.redact(Ansi.without(text)), around.style()));
        var services = project.services();
        requireKnown(services);
        var wanted = request.services().isEmpty() ? services : List.copyOf(new LinkedHashSet<>(request.services()));
        var containers = ContainerList.read(project.containers(), wanted);
        for (var container : containers) {
            add(
                    new ComposeSource(container.name(), project, container, range(), around.time()),
                    INKS.get(services.indexOf(container.service()) % INKS.size()));
        }
        if (containers.stream().noneMatch(Container::isRunning)) {
            around.notices().accept("koda logs: none of " + String.join(", ", wanted) + " runs");
        }
    }

    private void requireKnown(List<String> services) throws LogsException {
        for (var name : request.services()) {
            if (!services.contains(name)) {
                var nearest = Nearest.of(name, services, FARTHEST);
                throw new LogsException("there is no service '" + name + "'; there is " + String.join(", ", services)
                        + (nearest == null ? "" : " (did you mean " + nearest + "?)"));
            }
        }
    }

    private void add(LogSource source) {
        add(source, INKS.get(sources.size() % INKS.size()));
    }

    private void add(LogSource source, Ink ink) {
        sources.add(source);
        inks.add(ink);
    }
}
