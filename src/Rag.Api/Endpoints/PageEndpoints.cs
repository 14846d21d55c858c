using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;
using Rag.Api.Security;

namespace Rag.Api.Endpoints;

/// <summary><c>/</c> and <c>/page/FILE</c>: the page on which a person asks. Its files stand in this assembly and are open to all, since they tell nothing of documents; what they show comes through the API.</summary>
internal static class PageEndpoints
{
    private const string Start = "index.html";
    private const string Prefix = "Page/";

    private static readonly FrozenDictionary<string, (byte[] Bytes, string Type, EntityTagHeaderValue Tag)> Files = typeof(PageEndpoints).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..], Read);

    /// <summary>The names of the files.</summary>
    public static IEnumerable<string> Names => Files.Keys;

    public static void Map(IEndpointRouteBuilder routes)
    {
        // the page's addresses are relative, so under a prefix it must end with a slash
        routes.MapGet("/", http => (http.Request.Path.Value is { } path && path.EndsWith('/') ? Send(http, Start) : Results.Redirect($"{http.Request.PathBase}{http.Request.Path}/")).ExecuteAsync(http)).ExcludeFromDescription();
        routes.MapGet("/page/{file}", http => Send(http, (string)http.GetRouteValue("file")!).ExecuteAsync(http)).ExcludeFromDescription();
    }

    private static IResult Send(HttpContext http, string name)
    {
        SecurityHeaders.Add(http.Response, SecurityHeaders.OfPage);
        if (!Files.TryGetValue(name, out var file))
        {
            return Results.NotFound();
        }

        http.Response.Headers.CacheControl = "no-cache"; // kept, and asked for again by its tag, so that a new version shows at once
        return Results.Bytes(file.Bytes, file.Type, entityTag: file.Tag);
    }

    private static (byte[] Bytes, string Type, EntityTagHeaderValue Tag) Read(string name)
    {
        using var stream = typeof(PageEndpoints).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return (bytes, TypeOf(Path.GetExtension(name)), new($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}\""));
    }

    private static string TypeOf(string extension) => extension switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => throw new NotSupportedException($"No media type is known for files of the page that end with '{extension}'. Add it."),
    };
}
