namespace DataMesh.Generators.Products.Building;

/// <summary>The C# names inside one record: its properties and the types that are declared in it.</summary>
internal sealed class Naming
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <param name="typeName">The record itself, which no member may be named after.</param>
    public Naming(string typeName)
    {
        TypeName = typeName;
        _taken.Add(typeName);
    }

    /// <summary>The name of the record.</summary>
    public string TypeName { get; }

    /// <summary>Takes a name for a property; false when it has been taken.</summary>
    public bool TryTake(string name) => _taken.Add(name);

    /// <summary>
    /// A name for a type that is made for the value of a member: <c>AddressValue</c> for the member <c>Address</c>, with a
    /// number behind it when that is taken.
    /// </summary>
    public string NestedType(string member)
    {
        string name = member.EndsWith("Value", StringComparison.Ordinal) ? member + "Type" : member + "Value";
        string unique = name;
        for (int i = 2; !_taken.Add(unique); i++)
            unique = name + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return unique;
    }
}
