using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;
using Rag.Api.Security;

namespace Rag.Api.Endpoints;

/// <summary><c>/</c> and <c>/page/FILE</c>: the page on which a person asks. Its files stand in this assembly and are open to all, since they tell nothing of documents; what they show comes through the API.</summary>
internal static class PageEndpoints
{
    private const string Start = "index.html";
    private const string Prefix = "Page/";

    private static readonly FrozenDictionary<string, PageFile> Files = typeof(PageEndpoints).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..], name => new PageFile(name));

    /// <summary>The names of the files.</summary>
    public static IEnumerable<string> Names => Files.Keys;

    public static void Map(IEndpointRouteBuilder routes)
    {
        // the page's addresses are relative, so under a prefix it must end with a slash
        routes.MapGet("/", http => (http.Request.Path.Value is { } path && path.EndsWith('/') ? Send(http, Start) : Results.Redirect($"{http.Request.PathBase}{http.Request.Path}/")).ExecuteAsync(http)).ExcludeFromDescription();
        routes.MapGet("/page/{**file}", http => Send(http, http.GetRouteValue("file") as string ?? "").ExecuteAsync(http)).ExcludeFromDescription();
    }

    private static IResult Send(HttpContext http, string name)
    {
        SecurityHeaders.Add(http.Response, SecurityHeaders.OfPage);
        if (!Files.TryGetValue(name, out var file))
        {
            return Results.NotFound();
        }

        http.Response.Headers.CacheControl = "no-cache"; // kept, and asked for again by its tag, so that a new version shows at once
        http.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        var isPacked = file.IsText && http.Request.GetTypedHeaders().AcceptEncoding.Any(e => e.Value == "gzip" && e.Quality != 0);
        var (bytes, tag) = (isPacked ? file.Packed : file.Plain).Value;
        if (isPacked)
        {
            http.Response.Headers.ContentEncoding = "gzip";
        }

        return Results.Bytes(bytes, file.Type, entityTag: tag);
    }

    /// <summary>A file, read when it is first asked for.</summary>
    private sealed class PageFile
    {
        public PageFile(string resource)
        {
            Type = TypeOf(Path.GetExtension(resource));
            Plain = new(() => Tagged(Read(resource)));
            Packed = new(() => Tagged(Pack(Plain.Value.Bytes)));
        }

        public string Type { get; }

        public bool IsText => Type.StartsWith("text/", StringComparison.Ordinal);

        public Lazy<(byte[] Bytes, EntityTagHeaderValue Tag)> Plain { get; }

        public Lazy<(byte[] Bytes, EntityTagHeaderValue Tag)> Packed { get; }

        private static (byte[] Bytes, EntityTagHeaderValue Tag) Tagged(byte[] bytes) => (bytes, new($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}\""));

        private static byte[] Read(string resource)
        {
            using var stream = typeof(PageEndpoints).Assembly.GetManifestResourceStream(resource)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }

        private static byte[] Pack(byte[] bytes)
        {
            using var packed = new MemoryStream();
            using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            {
                gzip.Write(bytes);
            }

            return packed.ToArray();
        }

        private static string TypeOf(string extension) => extension switch
        {
            ".html" => "text/html; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".js" or ".mjs" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            ".bcmap" or ".pfb" => "application/octet-stream",
            "" => "text/plain; charset=utf-8", // licences
            _ => throw new NotSupportedException($"No media type is known for files of the page that end with '{extension}'. Add it."),
        };
    }
}
