using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Operations;

/// <summary>Attributes of values.</summary>
internal static class Attributes
{
    public static Value Get(Run run, Value target, string name)
    {
        if (target.Object.TryGetAttribute(run, target, name, out var value))
        {
            return value;
        }

        throw target.Ref switch
        {
            PyType type => Raise.Of(ErrorTypes.AttributeError, $"type object '{type.Name}' has no attribute '{name}'"),
            PyModule module => Raise.Of(ErrorTypes.AttributeError, $"module '{module.Name}' has no attribute '{name}'"),
            _ => Raise.AttributeError(target.Type.Name, name),
        };
    }
}
