package dev.koda.dashboard.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which version of a library the class path has: a WebJar says so in the description that Maven leaves in each. */
final class WebJars {
    private WebJars() {}

    static String versionOf(String artifact) {
        var name = "/META-INF/maven/org.webjars.npm/" + artifact + "/pom.properties";
        try (var file = WebJars.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("the WebJar of " + artifact + " is not on the class path");
            }
            var properties = new Properties();
            properties.load(file);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }
}
