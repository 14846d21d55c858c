using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rag.Llama.Models;

/// <summary>Models that are known to work, with where to get them. Immutable.</summary>
public sealed partial class ModelCatalog
{
    private readonly Dictionary<string, CatalogModel> _byName;

    /// <summary>Of these models.</summary>
    /// <exception cref="ArgumentException">Two have the same name or the same file name.</exception>
    public ModelCatalog(IReadOnlyList<CatalogModel> models)
    {
        ArgumentNullException.ThrowIfNull(models);
        Models = models;
        _byName = models.ToDictionary(m => m.Name, StringComparer.OrdinalIgnoreCase);
        _ = models.ToDictionary(m => m.FileName, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The models in the catalogue's order: by kind, then by size.</summary>
    public IReadOnlyList<CatalogModel> Models { get; }

    /// <summary>The catalogue that comes with this library.</summary>
    public static ModelCatalog BuiltIn()
    {
        using var stream = typeof(ModelCatalog).Assembly.GetManifestResourceStream("Rag.Llama.Models.catalog.json")!;
        return Read(stream);
    }

    /// <summary>A catalogue in JSON: a list of objects with the properties of <see cref="CatalogModel"/> in camel case.</summary>
    /// <exception cref="LlamaException">It is not JSON of that form, or a value in it is not possible.</exception>
    public static ModelCatalog Read(Stream json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            return new(JsonSerializer.Deserialize(json, CatalogJson.Default.ListCatalogModel) ?? []);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or UriFormatException)
        {
            throw new LlamaException($"The catalogue of models cannot be read: {exception.Message} Correct the file.", exception);
        }
    }

    /// <summary>The model of that name, case aside.</summary>
    /// <exception cref="LlamaException">There is none.</exception>
    public CatalogModel Get(string name) => TryGet(name, out var model) ? model : throw new LlamaException($"There is no model '{name}' in the catalogue. Models: {string.Join(", ", Models.Select(m => m.Name))}.");

    /// <summary>The model of that name, case aside, if there is one.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out CatalogModel? model) => _byName.TryGetValue(name, out model);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
    [JsonSerializable(typeof(List<CatalogModel>))]
    private sealed partial class CatalogJson : JsonSerializerContext;
}
