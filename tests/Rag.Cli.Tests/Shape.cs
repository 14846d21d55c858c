using System.Text.Json;

namespace Rag.Cli.Tests;

/// <summary>Checks JSON against the contract of the command line.</summary>
internal static class Shape
{
    /// <summary>Fails unless an object has exactly these fields, in this order.</summary>
    public static JsonElement AssertFields(this JsonElement json, params string[] names)
    {
        Assert.Equal(names, json.EnumerateObject().Select(p => p.Name));
        return json;
    }

    /// <summary>The elements of an array of at least one object, each with exactly these fields.</summary>
    public static List<JsonElement> AssertArrayOf(this JsonElement json, params string[] names)
    {
        var items = json.EnumerateArray().ToList();
        Assert.NotEmpty(items);
        Assert.All(items, item => item.AssertFields(names));
        return items;
    }

    public static string Text(this JsonElement json, string name) => json.GetProperty(name).GetString()!;

    public static int Number(this JsonElement json, string name) => json.GetProperty(name).GetInt32();
}
