using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Newtonsoft.Json.Linq;

namespace Harness;

/// <summary>Runs the SDKs' own tools, which write function.json (in process) and functions.metadata (isolated).</summary>
static class Tools
{
    static readonly Dictionary<string, string> Folders = typeof(Tools).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Where(one => one.Value is not null)
        .ToDictionary(one => one.Key, one => one.Value!);

    // The app's assembly is put beside the assemblies that it refers to, as in a build's output.
    static readonly Lazy<string> Bin = new(() =>
    {
        string folder = Directory.CreateTempSubdirectory("harness-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        string bin = Directory.CreateDirectory(Path.Combine(folder, "bin")).FullName;
        foreach (string path in Directory.GetFiles(AppContext.BaseDirectory, "*.dll"))
        {
            File.CreateSymbolicLink(Path.Combine(bin, Path.GetFileName(path)), path);
        }

        return bin;
    });

    public static bool HasInProcess => Folders.TryGetValue("FunctionsSdkTools", out string? folder) && Directory.Exists(folder);

    public static bool HasIsolated => Folders.TryGetValue("WorkerSdkTools", out string? folder) && Directory.Exists(folder);

    /// <summary>Microsoft.NET.Sdk.Functions: MakeFunctionJson.FunctionJsonConverter, the class behind the task GenerateFunctions.</summary>
    public static JObject WriteFunctionJson(string assemblyName, byte[] assembly)
    {
        string path = Save(assemblyName, assembly);
        string output = Directory.CreateDirectory(Path.Combine(Bin.Value, "..", $"out-{assemblyName}")).FullName;
        Assembly tool = Load("FunctionsSdkTools", "Microsoft.NET.Sdk.Functions.Generator.dll");
        object logger = Activator.CreateInstance(tool.GetType("MakeFunctionJson.ConsoleLogger", true)!, nonPublic: true)!;
        Type converter = tool.GetType("MakeFunctionJson.FunctionJsonConverter", true)!;
        object instance = converter.GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public).Single()
            .Invoke([logger, path, output, false, null]);
        MethodInfo run = converter.GetMethod("TryRun", BindingFlags.Instance | BindingFlags.NonPublic)!;
        (object? result, string said) = Listening(() => run.Invoke(instance, null));
        if (result is not true)
        {
            throw new RefusedException($"Microsoft.NET.Sdk.Functions.Generator: {said}");
        }

        var bindings = new JObject();
        foreach (string file in Directory.GetFiles(output, "function.json", SearchOption.AllDirectories))
        {
            string function = Path.GetFileName(Path.GetDirectoryName(file)!);
            bindings[function] = Json.Parse(File.ReadAllText(file))["bindings"];
        }

        return bindings;
    }

    /// <summary>Microsoft.Azure.Functions.Worker.Sdk: what its task GenerateFunctionMetadata calls.</summary>
    public static JObject WriteFunctionsMetadata(string assemblyName, byte[] assembly)
    {
        string path = Save(assemblyName, assembly);
        string output = Directory.CreateDirectory(Path.Combine(Bin.Value, "..", $"out-{assemblyName}")).FullName;
        Assembly tool = Load("WorkerSdkTools", "Microsoft.Azure.Functions.Worker.Sdk.dll");
        var said = new List<string>();
        Action<TraceLevel, string, string> log = (level, message, _) =>
        {
            if (level is TraceLevel.Error or TraceLevel.Warning)
            {
                said.Add(message);
            }
        };
        Type generator = tool.GetType("Microsoft.Azure.Functions.Worker.Sdk.FunctionMetadataGenerator", true)!;
        object instance = generator.GetConstructor([typeof(Action<TraceLevel, string, string>)])!.Invoke([log]);
        MethodInfo generate = generator.GetMethods()
            .Single(method => method.Name == "GenerateFunctionMetadata" && method.GetParameters().Length == 2);
        try
        {
            object functions = generate.Invoke(instance, [path, References(tool)])!;
            tool.GetType("Microsoft.Azure.Functions.Worker.Sdk.FunctionMetadataJsonWriter", true)!
                .GetMethod("WriteMetadata", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!
                .Invoke(null, [functions, output]);
        }
        catch (TargetInvocationException error)
        {
            throw new RefusedException($"Microsoft.Azure.Functions.Worker.Sdk: {error.InnerException?.Message}; {string.Join("; ", said)}");
        }

        var bindings = new JObject();
        foreach (JToken function in Json.ParseArray(File.ReadAllText(Path.Combine(output, "functions.metadata"))))
        {
            bindings[(string)function["name"]!] = function["bindings"];
        }

        return bindings;
    }

    /// <summary>The references that the tool searches for functions and extensions, as ITaskItems; those of the framework are left out.</summary>
    static Array References(Assembly tool)
    {
        AssemblyLoadContext context = AssemblyLoadContext.GetLoadContext(tool)!;
        Type interfaceType = context.LoadFromAssemblyName(new AssemblyName("Microsoft.Build.Framework"))
            .GetType("Microsoft.Build.Framework.ITaskItem", true)!;
        Type itemType = context.LoadFromAssemblyName(new AssemblyName("Microsoft.Build.Utilities.Core"))
            .GetType("Microsoft.Build.Utilities.TaskItem", true)!;
        string[] paths = [.. Directory.GetFiles(Bin.Value, "Microsoft.Azure.Functions.Worker*.dll")];
        Array items = Array.CreateInstance(interfaceType, paths.Length);
        for (int index = 0; index < paths.Length; index++)
        {
            items.SetValue(Activator.CreateInstance(itemType, paths[index]), index);
        }

        return items;
    }

    static string Save(string assemblyName, byte[] assembly)
    {
        string path = Path.Combine(Bin.Value, assemblyName + ".dll");
        File.WriteAllBytes(path, assembly);
        return path;
    }

    static (object? Result, string Said) Listening(Func<object?> run)
    {
        TextWriter error = Console.Error;
        using var said = new StringWriter();
        Console.SetError(said);
        try
        {
            return (run(), said.ToString().Trim());
        }
        finally
        {
            Console.SetError(error);
        }
    }

    static readonly Dictionary<string, Assembly> Loaded = [];

    static Assembly Load(string tool, string file)
    {
        if (!Loaded.TryGetValue(tool, out Assembly? assembly))
        {
            assembly = Loaded[tool] = new ToolContext(Folders[tool]).LoadFromAssemblyPath(Path.Combine(Folders[tool], file));
        }

        return assembly;
    }

    /// <summary>Loads a tool with the assemblies of its own package, but takes those of the framework from the framework.</summary>
    sealed class ToolContext(string folder) : AssemblyLoadContext
    {
        static readonly string Framework = RuntimeEnvironment.GetRuntimeDirectory();

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            string path = Path.Combine(folder, assemblyName.Name + ".dll");
            bool isFramework = File.Exists(Path.Combine(Framework, assemblyName.Name + ".dll"));
            return !isFramework && File.Exists(path) ? this.LoadFromAssemblyPath(path) : null;
        }
    }
}
