package dev.koda.dashboard.page;

import dev.koda.dashboard.http.Accepts;
import dev.koda.dashboard.http.Problem;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;

/**
 * Serves the operations page: the document at {@code /operations}, where {@code /} leads too, and its files below
 * {@code /operations/assets}. It is no secret, so it asks nobody who he is; all that it shows comes from the operations
 * API, which does. For one event loop; answers from memory.
 */
public final class Page {
    /** Where the document is. */
    public static final String PATH = "/operations";

    static final String ASSETS = PATH + "/assets/";

    private static final String FOREVER = "public, max-age=31536000, immutable";

    private final PageFiles files;
    private final Document document;

    private Page(PageLinks links) {
        files = PageFiles.ofThisBuild();
        document = Document.of(files, Objects.requireNonNull(links, "links"));
    }

    /** The page of this build; reads and compresses its files. */
    public static Page of(PageLinks links) {
        return new Page(links);
    }

    /** Adds the routes of the page. */
    public void mount(Router router) {
        get(router, "/", Page::lead);
        get(router, PATH, this::sendDocument);
        get(router, ASSETS + ":digest/*", this::sendFile);
    }

    private static void get(Router router, String path, Handler<RoutingContext> handler) {
        router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(handler);
        router.route(path).handler(context -> Problem.methodNotAllowed(context.request(), "GET, HEAD"));
    }

    private static void lead(RoutingContext context) {
        context.response()
                .setStatusCode(302)
                .putHeader(HttpHeaders.LOCATION, PATH)
                .end();
    }

    private void sendDocument(RoutingContext context) {
        var response = context.response();
        response.putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .putHeader(HttpHeaders.ETAG, document.tag().toString())
                .putHeader("Content-Security-Policy", document.policy())
                .putHeader("Cross-Origin-Opener-Policy", "same-origin");
        if (document.tag().isKnownBy(context.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
            response.setStatusCode(304).end();
        } else {
            send(context, document.file());
        }
    }

    private void sendFile(RoutingContext context) {
        var name = context.normalizedPath().substring(ASSETS.length());
        int slash = name.indexOf('/');
        var file = name.substring(0, slash).equals(files.digest()) ? files.file(name.substring(slash + 1)) : null;
        if (file == null) {
            new Problem(404, "the page of this build has no such file; load it again").answer(context.request());
            return;
        }
        context.response().putHeader(HttpHeaders.CACHE_CONTROL, FOREVER);
        send(context, file);
    }

    private static void send(RoutingContext context, PageFile file) {
        var response = context.response();
        boolean isSmall = Accepts.gzip(context.request().getHeader(HttpHeaders.ACCEPT_ENCODING));
        var body = isSmall ? file.gzip() : file.plain();
        if (isSmall) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        response.putHeader(HttpHeaders.VARY, "accept-encoding")
                .putHeader(HttpHeaders.CONTENT_TYPE, file.type())
                .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
        if (HttpMethod.HEAD.equals(context.request().method())) {
            response.end();
        } else {
            response.end(body);
        }
    }
}
