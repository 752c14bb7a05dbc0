package adapter;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.microsoft.azure.toolkit.lib.legacy.function.configurations.FunctionConfiguration;
import com.microsoft.azure.toolkit.lib.legacy.function.handlers.AnnotationHandler;
import com.microsoft.azure.toolkit.lib.legacy.function.handlers.AnnotationHandlerImpl;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Makes function.json as PackageMojo of azure-functions-maven-plugin does, through the classes that it calls. */
final class Configurations {

    private static final AnnotationHandler HANDLER = new AnnotationHandlerImpl();

    /** Configured as in PackageMojo.getObjectWriter. */
    private static final ObjectMapper MAPPER = new ObjectMapper()
        .configure(SerializationFeature.FAIL_ON_EMPTY_BEANS, false)
        .setSerializationInclusion(JsonInclude.Include.NON_NULL);

    private Configurations() {
    }

    /** Return the content of each function's function.json, checked as the plugin checks it. */
    static Map<String, JsonNode> of(Set<Method> functions, String scriptFile) throws Exception {
        Map<String, JsonNode> all = new TreeMap<>();
        for (Map.Entry<String, FunctionConfiguration> one : HANDLER.generateConfigurations(functions).entrySet()) {
            one.getValue().setScriptFile(scriptFile);
            one.getValue().validate();
            all.put(one.getKey(), MAPPER.readTree(MAPPER.writeValueAsString(one.getValue())));
        }
        return all;
    }
}
