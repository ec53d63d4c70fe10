package dev.koda.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The schema that editors hold a koda.yaml against. */
final class StackFileSchema {
    private static final Path SCHEMA = Path.of("../docs/schema/koda-yaml.schema.json");

    private StackFileSchema() {}

    /** The kinds of checks that it knows. */
    static List<String> kinds() throws IOException {
        var kinds = new ArrayList<String>();
        new ObjectMapper()
                .readTree(SCHEMA.toFile())
                .at("/$defs/check/oneOf")
                .forEach(one -> kinds.add(one.at("/required/0").asText()));
        return kinds;
    }

    /** What an editor would underline; empty for a file that is fine. */
    static List<String> errors(String yaml) throws IOException {
        var read = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        var schema =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(Files.readString(SCHEMA));
        return schema.validate(new ObjectMapper().writeValueAsString(read), InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }
}
