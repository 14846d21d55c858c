using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.Json;

namespace Rag.Cli.Tests;

/// <summary>rag is published as native code, too, where nothing is found out about a type at run time and no code is made. The compiler that complains runs only then: these look at what the ordinary assemblies call.</summary>
public sealed class NativeCodeTests
{
    public static TheoryData<string> Assemblies => [.. Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll").Select(file => Path.GetFileNameWithoutExtension(file)).Where(name => name is "rag" || (name.StartsWith("Rag.", StringComparison.Ordinal) && name is not "Rag.Testing" && !name.EndsWith(".Tests", StringComparison.Ordinal)))];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Nothing_is_called_that_needs_reflection_or_code_made_at_run_time(string assembly) => Assert.Empty(Forbidden(Assembly.Load(assembly)));

    [Fact]
    public void A_call_that_needs_them_is_seen()
    {
        Assert.Equal("[1]", JsonSerializer.Serialize(new[] { 1 }));

        Assert.Contains("System.Text.Json.JsonSerializer.Serialize", Forbidden(typeof(NativeCodeTests).Assembly));
    }

    private static List<string> Forbidden(Assembly assembly)
    {
        using var image = new PEReader(File.OpenRead(assembly.Location));
        var metadata = image.GetMetadataReader();
        return
        [
            .. from handle in metadata.MemberReferences
               let reference = metadata.GetMemberReference(handle)
               where reference.Parent.Kind == HandleKind.TypeReference && reference.GetKind() == MemberReferenceKind.Method
               let method = assembly.ManifestModule.ResolveMethod(MetadataTokens.GetToken(handle))
               where Needs(method) || Needs(method.DeclaringType!)
               select $"{method.DeclaringType}.{method.Name}",
        ];
    }

    private static bool Needs(MemberInfo member) => member.IsDefined(typeof(RequiresUnreferencedCodeAttribute)) || member.IsDefined(typeof(RequiresDynamicCodeAttribute));
}
