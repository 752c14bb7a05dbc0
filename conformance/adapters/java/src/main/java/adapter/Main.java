package adapter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Puts the Java annotation and the Maven plugin under test: `--impl='exec:java -cp … adapter.Main'`. */
public final class Main {

    private final List<JsonNode> skills = new ArrayList<>();
    private int app;

    public static void main(String[] arguments) throws Exception {
        Main main = new Main();
        new Protocol().serve(Map.of(
            "initialize", main::initialize,
            "create_app", params -> main.createApp(),
            "add_skill", params -> main.addSkill(params.get("skill")),
            "bindings", params -> main.bindings(),
            "close_app", params -> null));
    }

    private ObjectNode initialize(JsonNode params) throws Exception {
        if (params.path("protocol").asInt() != 1) {
            throw new IllegalArgumentException("Protocol " + params.get("protocol") + " is not supported");
        }
        warmUp();
        ObjectNode offer = Protocol.JSON.createObjectNode()
            .put("name", "azure-functions-java-library-openai")
            .put("version", readVersion());
        offer.putArray("surfaces").add("java");
        offer.putArray("capabilities").add("bindings"); // the host holds the conversation
        return offer;
    }

    /** Load the compiler and the plugin's classes before the first case is timed. */
    private void warmUp() throws Exception {
        skills.add(Protocol.JSON.readTree("""
            {"name": "WarmUp", "trigger": {"name": "nothing", "functionDescription": "Warm up"},
             "argument": {"name": "nothing", "type": "string"}}"""));
        bindings();
    }

    /** Return the version of the annotation library, which Maven writes into a resource when the adapter is built. */
    private static String readVersion() throws IOException {
        Properties versions = new Properties();
        try (InputStream stream = Main.class.getResourceAsStream("/versions.properties")) {
            versions.load(stream);
        }
        return versions.getProperty("openai");
    }

    private ObjectNode createApp() {
        skills.clear();
        return Protocol.JSON.createObjectNode().put("app", ++app).put("construct", "AssistantSkillTrigger");
    }

    private Object addSkill(JsonNode skill) throws Exception {
        Declarations.compile(List.of(skill)); // what the compiler refuses is refused here; the plugin's checks refuse in `bindings`
        skills.add(skill);
        return null;
    }

    private ObjectNode bindings() throws Exception {
        ObjectNode bindings = Protocol.JSON.createObjectNode();
        for (Map.Entry<String, JsonNode> one : Configurations.of(Declarations.compile(skills), "../app.jar").entrySet()) {
            bindings.set(one.getKey(), one.getValue().get("bindings"));
        }
        return bindings;
    }
}
