package dev.koda.server.collectors;

import static dev.koda.server.collectors.CollectedKoda.nonZero;
import static dev.koda.server.collectors.CollectedKoda.shown;
import static dev.koda.server.collectors.Rows.number;
import static dev.koda.server.collectors.Rows.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every sample of a gauge, held against what Java makes of the same rows. */
class GaugeSamplesTest {
    @RegisterExtension
    final CollectedKoda koda = new CollectedKoda();

    private final Instant now = Instant.now();
    private final GeneratedState generated = new GeneratedState(20_261_128, now);

    private Rows put(Rows rows) {
        rows.insert(koda.postgres());
        return rows;
    }

    private static Map<List<String>, Double> one(double value) {
        return Map.of(List.of(), value);
    }

    @Test
    void theQueueAndTheTasks() {
        var items = put(generated.queue(400));
        var tasks = put(generated.tasks(400));

        assertThat(shown(koda.ask("queue"), "koda_queue_depth"))
                .isEqualTo(
                        items.where(row -> text(row, "status").equals("queued")).count("agent_id"));
        assertThat(shown(koda.ask("tasks"), "koda_active_tasks"))
                .isEqualTo(tasks.where(row -> List.of("running", "retrying").contains(text(row, "status")))
                        .count("agent_id"));
    }

    @Test
    void anAgentWithoutWorkIsZeroAndNotGone() {
        put(generated.queue(400));
        var before = koda.ask("queue");
        koda.postgres()
                .execute("UPDATE knowledge_v2.runtime_queue_items SET status = 'completed' WHERE agent_id = 'ATLAS'");

        assertThat(before.of("koda_queue_depth")).containsKey(List.of("ATLAS"));
        assertThat(shown(koda.ask("queue"), "koda_queue_depth")).containsEntry(List.of("ATLAS"), 0.0);

        koda.postgres().execute("DELETE FROM knowledge_v2.runtime_queue_items WHERE agent_id = 'ATLAS'");
        assertThat(shown(koda.ask("queue"), "koda_queue_depth")).containsEntry(List.of("ATLAS"), 0.0);
    }

    @Test
    void environmentsAndTheirPhases() {
        assertThat(shown(koda.ask("environments"), "koda_runtime_active_envs")).isEqualTo(one(0));

        var active = put(generated.environments(300))
                .where(row -> List.of("active", "cleaning").contains(text(row, "status")));
        var amounts = koda.ask("environments");

        assertThat(shown(amounts, "koda_runtime_phase_total")).isEqualTo(active.count("current_phase"));
        assertThat(shown(amounts, "koda_runtime_active_envs"))
                .isEqualTo(one(active.all().size()));
    }

    @Test
    void sessionsOfBrowsersAndThoseThatAreAttached() {
        var open = put(generated.browsers(300)).where(row -> row.get("ended_at") == null);
        var attached = put(generated.attachments(300))
                .where(row -> text(row, "status").equals("active") && row.get("ended_at") == null)
                .where(row -> isAfter(row, "expires_at", now));

        var browsers = koda.ask("browser-sessions");
        assertThat(shown(browsers, "koda_runtime_browser_sessions_active"))
                .isEqualTo(one(open.all().size()));
        assertThat(shown(browsers, "koda_runtime_vnc_sessions_active"))
                .isEqualTo(
                        one(open.where(row -> row.get("vnc_port") != null).all().size()));
        var sessions = koda.ask("attach-sessions");
        for (var kind : List.of("terminal", "browser")) {
            assertThat(shown(sessions, "koda_runtime_" + kind + "_attach_sessions_active"))
                    .isEqualTo(
                            one(attached.where(row -> text(row, "attach_kind").equals(kind))
                                    .all()
                                    .size()));
        }
    }

    @Test
    void theLastSampleOfResources() {
        assertThat(koda.ask("resource-samples").of("koda_runtime_resource_cpu_percent"))
                .isEmpty();

        var fresh = put(generated.samples(60))
                .where(row -> isAfter(row, "created_at", now.minusSeconds(300)))
                .all();
        var last = fresh.get(fresh.size() - 1);
        var disks = new HashMap<Object, Double>();
        fresh.forEach(row -> disks.put(String.valueOf(row.get("env_id")), number(row, "workspace_disk_bytes")));
        var amounts = koda.ask("resource-samples");

        assertThat(shown(amounts, "koda_runtime_resource_cpu_percent")).isEqualTo(one(number(last, "cpu_percent")));
        assertThat(shown(amounts, "koda_runtime_resource_rss_bytes")).isEqualTo(one(number(last, "rss_kb") * 1024));
        assertThat(shown(amounts, "koda_runtime_worktree_disk_bytes"))
                .isEqualTo(
                        one(disks.values().stream().mapToDouble(value -> value).sum()));
    }

    @Test
    void theScheduler() {
        var jobs = put(generated.jobs(40));
        var runs = put(generated.runs(600, 40));
        var live = List.of("validation_pending", "validated", "active", "paused", "failed_open");
        Function<Map<String, @Nullable Object>, String> agent =
                row -> text(row, "agent_id").isEmpty() ? "default" : text(row, "agent_id");
        Function<Map<String, @Nullable Object>, String> agentOfRun =
                run -> agent.apply(jobs.all().get((int) number(run, "scheduled_job_id") - 1));

        var expected = new HashMap<>(
                jobs.where(row -> live.contains(text(row, "status"))).sum(row -> 1, List.of(agent, row -> "all")));
        for (var status : List.of("failed_open", "validation_pending")) {
            expected.putAll(
                    jobs.where(row -> text(row, "status").equals(status)).sum(row -> 1, List.of(agent, row -> status)));
        }
        assertThat(nonZero(shown(koda.ask("scheduler-jobs"), "koda_scheduled_active_jobs")))
                .isEqualTo(expected);

        var due = runs.where(row -> List.of("queued", "retrying").contains(text(row, "status")))
                .where(row -> isDue(row));
        var leased = runs.where(row -> List.of("queued", "running", "retrying").contains(text(row, "status")))
                .where(row -> isAfter(row, "lease_expires_at", now));
        var amounts = koda.ask("scheduler-runs");
        assertThat(nonZero(shown(amounts, "koda_scheduled_due_runs")))
                .isEqualTo(due.sum(row -> 1, List.of(agentOfRun)));
        assertThat(nonZero(shown(amounts, "koda_scheduled_leased_runs")))
                .isEqualTo(leased.sum(row -> 1, List.of(agentOfRun)));
    }

    private boolean isDue(Map<String, @Nullable Object> run) {
        var next = time(text(run, "next_attempt_at"));
        var at = next == null ? time(text(run, "scheduled_for")) : next;
        return at != null && !at.isAfter(now);
    }

    @Test
    void embeddingsThatAreNotDone() {
        var waiting =
                put(generated.embeddings(400)).where(row -> !text(row, "status").equals("completed"));

        assertThat(shown(koda.ask("embedding-jobs"), "koda_memory_embedding_queue"))
                .isEqualTo(waiting.count("agent_id", "status"));
    }

    private static boolean isAfter(Map<String, @Nullable Object> row, String column, Instant limit) {
        var at = time(text(row, column));
        return at != null && at.isAfter(limit);
    }

    private static @Nullable Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException noOffset) {
            try {
                return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
            } catch (DateTimeParseException noTime) {
                return null;
            }
        }
    }
}
