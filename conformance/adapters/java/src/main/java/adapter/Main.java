package adapter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Puts the Java annotation and the Maven plugin under test: `--impl='exec:java -cp … adapter.Main'`. */
public final class Main {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<JsonNode> skills = new ArrayList<>();
    private int app;

    public static void main(String[] arguments) throws Exception {
        PrintStream output = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.setOut(System.err); // standard output carries the protocol
        BufferedReader input = new BufferedReader(
            new InputStreamReader(new FileInputStream(FileDescriptor.in), StandardCharsets.UTF_8), 1 << 16);
        Main main = new Main();
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            JsonNode request = JSON.readTree(line);
            ObjectNode response = JSON.createObjectNode().put("jsonrpc", "2.0");
            response.set("id", request.get("id"));
            try {
                JsonNode result = main.serve(request.path("method").asText(), request.path("params"));
                if (result == null) {
                    response.putObject("error").put("code", -32601).put("message", "There is no method " + request.get("method"));
                } else {
                    response.set("result", result);
                }
            } catch (Exception | LinkageError error) {
                response.putObject("error").put("code", 1).put("message", error.getClass().getSimpleName() + ": " + error.getMessage());
            }
            output.print(JSON.writeValueAsString(response) + "\n");
            output.flush();
        }
    }

    /** Serve one request; return null if there is no such method. */
    private JsonNode serve(String method, JsonNode params) throws Exception {
        switch (method) {
            case "initialize":
                return initialize(params);
            case "create_app":
                skills.clear();
                return JSON.createObjectNode().put("app", ++app).put("construct", "AssistantSkillTrigger");
            case "add_skill":
                Declarations.compile(List.of(params.get("skill"))); // what the compiler refuses is refused here; the plugin's checks refuse in `bindings`
                skills.add(params.get("skill"));
                return JSON.nullNode();
            case "bindings":
                return bindings();
            case "close_app":
                skills.clear();
                return JSON.nullNode();
            default:
                return null;
        }
    }

    private JsonNode initialize(JsonNode params) throws Exception {
        if (params.path("protocol").asInt() != 1) {
            throw new IllegalArgumentException("Protocol " + params.get("protocol") + " is not supported");
        }
        skills.add(JSON.readTree("""
            {"name": "WarmUp", "trigger": {"name": "nothing", "functionDescription": "Warm up"},
             "argument": {"name": "nothing", "type": "string"}}"""));
        bindings();
        skills.clear();
        ObjectNode offer = JSON.createObjectNode()
            .put("name", "azure-functions-java-library-openai")
            .put("version", readVersion());
        offer.putArray("surfaces").add("java");
        offer.putArray("capabilities").add("bindings"); // the host holds the conversation
        return offer;
    }

    /** Return the version of the annotation library, which Maven writes into a resource when the adapter is built. */
    private static String readVersion() throws IOException {
        Properties versions = new Properties();
        try (InputStream stream = Main.class.getResourceAsStream("/versions.properties")) {
            versions.load(stream);
        }
        return versions.getProperty("openai");
    }

    private JsonNode bindings() throws Exception {
        ObjectNode bindings = JSON.createObjectNode();
        for (Map.Entry<String, JsonNode> one : Configurations.of(Declarations.compile(skills), "../app.jar").entrySet()) {
            bindings.set(one.getKey(), one.getValue().get("bindings"));
        }
        return bindings;
    }
}
