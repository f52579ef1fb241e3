using CantonInfra.Codegen.Naming;

namespace CantonInfra.Codegen.Schema;

/// <summary>Which nested types a package uses, and in which shapes: only those become classes.</summary>
internal sealed class Reachability
{
    private readonly PackageSchema _package;
    private readonly SortedDictionary<(string Token, ObjectShape Shape), SchemaObject> _objects = [];
    private readonly SortedSet<string> _enums = new(StringComparer.Ordinal);

    public Reachability(PackageSchema package)
    {
        _package = package;
        foreach (var resource in package.Resources.Values.Append(package.Provider))
        {
            Visit(resource.Inputs, ObjectShape.Input);
            Visit(resource.State ?? [], ObjectShape.State);
            Visit(resource.Outputs, ObjectShape.Output);
        }

        foreach (var function in package.Functions.Values)
        {
            Visit(function.Inputs, ObjectShape.FunctionPlain);
            Visit(function.Inputs, ObjectShape.FunctionInput);
            Visit(function.Outputs ?? [], ObjectShape.FunctionOutput);
        }

        Visit(package.Config, ObjectShape.Config);
    }

    public IEnumerable<(SchemaObject Type, ObjectShape Shape)> Objects => _objects.Select(entry => (entry.Value, entry.Key.Shape));

    public IEnumerable<SchemaEnum> Enums => _enums.Select(token => _package.Enums[token]);

    private void Visit(IEnumerable<SchemaProperty> properties, ObjectShape shape)
    {
        foreach (var property in properties)
        {
            Visit(property.Type, shape);
        }
    }

    private void Visit(SchemaType type, ObjectShape shape)
    {
        switch (type)
        {
            case ListType list:
                Visit(list.Items, shape);
                break;
            case MapType map:
                Visit(map.Values, shape);
                break;
            case UnionType union:
                foreach (var alternative in union.Alternatives)
                {
                    Visit(alternative, shape);
                }

                break;
            case TypeReference { Token: var token } when _package.Enums.ContainsKey(token):
                _enums.Add(token);
                break;
            case TypeReference { Token: var token } when _objects.TryAdd((token, shape), _package.Objects[token]):
                Visit(_package.Objects[token].Properties, shape);
                break;
        }
    }
}
