package dev.koda.cli;

import dev.koda.checks.Report;
import dev.koda.checks.report.ReportReader;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Reports of a server: {@code GET URL/api/operations/doctor} with the token. Follows no redirect, which would take the
 * token elsewhere.
 */
final class RemoteReports implements ReportSource {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    /** The server answers at its own limit of 15 s, and its answer has to come here. */
    private static final Duration LEAST_LIMIT = Duration.ofSeconds(20);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT_LIMIT).build();
    private final URI server;
    private final URI url;
    private final String token;

    RemoteReports(URI server, SelectionOptions selection, String token) {
        this.server = server;
        this.token = token;
        var query = selection.parameters(value -> URLEncoder.encode(value, StandardCharsets.UTF_8));
        this.url = URI.create(ServerAccess.base(server) + "/api/operations/doctor" + query);
    }

    @Override
    public CompletionStage<Report> next(Duration limit) {
        var request = HttpRequest.newBuilder(url)
                .timeout(limit.compareTo(LEAST_LIMIT) > 0 ? limit : LEAST_LIMIT)
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + token)
                .build();
        return client.sendAsync(request, BodyHandlers.ofByteArray()).handle(this::report);
    }

    private Report report(@Nullable HttpResponse<byte[]> answer, @Nullable Throwable failure) {
        if (answer == null) {
            throw unreachable(failure instanceof CompletionException wrapped ? wrapped.getCause() : failure);
        }
        if (answer.statusCode() != 200) {
            throw refused(answer.statusCode());
        }
        try {
            return ReportReader.read(answer.body());
        } catch (IllegalArgumentException notOurs) {
            throw new DoctorException(
                    ExitCode.USAGE, "what " + server + " answered is no report of Koda's: " + notOurs.getMessage());
        }
    }

    private DoctorException unreachable(@Nullable Throwable failure) {
        var why = failure instanceof HttpTimeoutException
                ? "it did not answer in time"
                : failure instanceof SSLException
                        ? "its TLS certificate or protocol is not accepted here"
                        : isUnresolved(failure)
                                ? "its name is not known here"
                                : failure instanceof ConnectException
                                        ? "the connection is refused or not possible"
                                        : "the connection broke";
        return new DoctorException(ExitCode.FAIL, "no report from " + server + ": " + why);
    }

    private static boolean isUnresolved(@Nullable Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return true;
            }
        }
        return false;
    }

    private DoctorException refused(int status) {
        return switch (status) {
            case 400 ->
                new DoctorException(
                        ExitCode.USAGE, server + " knows no check for --only or --skip, or is of another version");
            case 401, 403 ->
                new DoctorException(
                        ExitCode.USAGE, server + " does not take our CONTROL_PLANE_API_TOKEN (HTTP " + status + ")");
            case 404, 405 ->
                new DoctorException(
                        ExitCode.USAGE, server + " is no Koda server: it has no operations API (HTTP " + status + ")");
            default ->
                status < 500
                        ? new DoctorException(ExitCode.USAGE, server + " answered HTTP " + status + " and no report")
                        : new DoctorException(ExitCode.FAIL, server + " answered HTTP " + status + " and no report");
        };
    }

    /** A server that is asked has nothing half-done to tell. */
    @Override
    public void interrupt() {}

    @Override
    public void close() {}
}
