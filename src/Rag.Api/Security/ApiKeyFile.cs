using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rag.Api.Security;

/// <summary>Reads and writes keys as a JSON list, without their secrets.</summary>
public static class ApiKeyFile
{
    /// <summary>The keys of a file, in its order.</summary>
    /// <exception cref="FormatException">The file holds something else; the message says what it should.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static async Task<IReadOnlyList<ApiKey>> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        await using var file = File.OpenRead(path);
        try
        {
            var keys = await JsonSerializer.DeserializeAsync(file, KeysJson.Default.ListApiKey, cancellationToken);
            return keys is not null && keys.TrueForAll(k => k is { Name.Length: > 0, Hash.Length: 64 } && k.Hash.All(char.IsAsciiHexDigit) && k.RequestsPerMinute >= 1)
                ? keys
                : throw new FormatException($"{path}: a key needs a name, a hash of 64 hexadecimal digits, and at least 1 request a minute. 'rag keys add' writes such.");
        }
        catch (JsonException)
        {
            throw new FormatException($"{path}: the file is no list of keys, [{{\"name\",\"hash\",\"scopes\"}}]. 'rag keys add' writes one.");
        }
    }

    /// <summary>Writes keys; the file is replaced in one step, and on Unix only its owner may read it.</summary>
    public static async Task WriteAsync(string path, IReadOnlyList<ApiKey> keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var next = $"{path}.new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using (var file = new FileStream(next, options))
        {
            await JsonSerializer.SerializeAsync(file, [.. keys], KeysJson.Default.ListApiKey, cancellationToken);
        }

        File.Move(next, path, overwrite: true);
    }
}

/// <summary>Keys in JSON, scopes by their names.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = true)]
[JsonSerializable(typeof(List<ApiKey>))]
internal sealed partial class KeysJson : JsonSerializerContext;
