using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Rag.Api.Jobs;

namespace Rag.Api.Endpoints;

/// <summary>The files in a request, one after the other as they come; nothing is held in memory.</summary>
internal static class Upload
{
    private const int MaxFiles = 100;
    private const int MaxTags = 50;
    private const int MaxTag = 200;
    private const int MaxBoundary = 70; // RFC 2046, 5.1.1

    // Headers and boundaries of all parts.
    private const long Framing = 2 << 20;

    /// <summary>Names that are safe, and contents to be read before the next one is asked for.</summary>
    /// <exception cref="ApiProblemException">It holds no files, too many bytes, or is malformed.</exception>
    public static async IAsyncEnumerable<(string Name, Stream Content)> FilesAsync(ApiCall call)
    {
        var (request, most) = (call.Http.Request, call.Options.MaxUploadBytes);
        if (request.ContentLength > most + Framing)
        {
            throw TooLarge(most);
        }

        // Ours is the limit; the server's own is for requests without files.
        if (call.Http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        var type = MediaTypeHeaderValue.TryParse(request.ContentType, out var parsed) ? parsed : null;
        if (type?.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase) != true)
        {
            yield return (FileName.Of(request.Query["name"]), new LimitedStream(request.Body, most, () => TooLarge(most)));
            yield break;
        }

        if (HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 and <= MaxBoundary } boundary)
        {
            throw ApiProblemException.Invalid($"The Content-Type has no boundary of 1 to {MaxBoundary} characters. Let your HTTP library write it.");
        }

        var body = new LimitedStream(request.Body, most + Framing, () => TooLarge(most));
        var parts = new MultipartReader(boundary.Value!, body);
        var (count, left) = (0, most);
        while (await NextAsync(parts, call.Cancelled) is { } part)
        {
            if (++count > MaxFiles)
            {
                throw ApiProblemException.Invalid($"The upload has more than {MaxFiles} files. Send the others in another one.");
            }

            var content = new LimitedStream(part.Body, left, () => TooLarge(most));
            yield return (NameOf(part), content);
            left -= content.Position;
        }

        if (count == 0)
        {
            throw ApiProblemException.Invalid("The upload has no files. Send at least one.");
        }
    }

    /// <summary>Labels as they stand in a query, each as <c>NAME=VALUE</c>.</summary>
    /// <exception cref="ApiProblemException">One is not of that form, or there are too many.</exception>
    public static IReadOnlyDictionary<string, string> TagsOf(StringValues tags)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in tags.OfType<string>())
        {
            if (tag.IndexOf('=', StringComparison.Ordinal) is var at && (at < 1 || tag.Length > MaxTag || labels.Count == MaxTags))
            {
                throw ApiProblemException.Invalid($"tag is '{Prompt.Shorten(Prompt.OnOneLine(tag), 50)}'. Write NAME=VALUE, such as product=ledger, in at most {MaxTag} characters; at most {MaxTags} of them.");
            }

            labels[tag[..at]] = tag[(at + 1)..];
        }

        return labels;
    }

    private static string NameOf(MultipartSection part) =>
        ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var header) && (header.FileNameStar.HasValue || header.FileName.HasValue)
            ? FileName.Of((header.FileNameStar.HasValue ? header.FileNameStar : HeaderUtilities.RemoveQuotes(header.FileName)).Value)
            : throw ApiProblemException.Invalid("A part of the upload is not a file: it has no filename. Send files only, and tags as ?tag=NAME=VALUE.");

    // What the reader says of a malformed body, it says in exceptions for bugs.
    private static async Task<MultipartSection?> NextAsync(MultipartReader parts, CancellationToken cancellationToken)
    {
        try
        {
            return await parts.ReadNextSectionAsync(cancellationToken);
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw ApiProblemException.Invalid("The upload breaks off or is malformed. Send it again.");
        }
    }

    private static ApiProblemException TooLarge(long most) => new(StatusCodes.Status413PayloadTooLarge, "too-large", $"An upload may hold {most} bytes, all of its files together. Send fewer or smaller files.");
}
