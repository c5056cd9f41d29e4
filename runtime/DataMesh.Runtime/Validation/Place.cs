using System.Globalization;
using System.Text;
using DataMesh.Json;

namespace DataMesh.Validation;

/// <summary>Where in a document a value stands: a path that grows by one node a level. Null is the root.</summary>
internal sealed class Place
{
    private readonly Place? _parent;
    private readonly string? _name;
    private readonly int _index;

    private Place(Place? parent, string? name, int index, bool isPersonalData)
    {
        _parent = parent;
        _name = name;
        _index = index;
        IsPersonalData = isPersonalData || parent is { IsPersonalData: true };
    }

    /// <summary>True when the value must not be shown in a message.</summary>
    public bool IsPersonalData { get; }

    public static Place Member(Place? parent, string name, bool isPersonalData = false) => new(parent, name, -1, isPersonalData);

    public static Place Element(Place? parent, int index) => new(parent, null, index, isPersonalData: false);

    /// <summary><c>#Order.lines.0.qty</c>, <c>#Headers."x-a"</c>; the definition alone for the root.</summary>
    public static string Path(Place? place, string definition)
    {
        var text = new StringBuilder(definition);
        foreach (Place step in Steps(place))
            text.Append('.').Append(step._name is null
                ? step._index.ToString(CultureInfo.InvariantCulture)
                : CueText.PathLabel(step._name));
        return text.ToString();
    }

    /// <summary>The place as an RFC 6901 JSON Pointer, <c>/lines/0/qty</c>; empty for the root.</summary>
    public static string Pointer(Place? place)
    {
        var text = new StringBuilder();
        foreach (Place step in Steps(place))
            text.Append('/').Append(step._name is null
                ? step._index.ToString(CultureInfo.InvariantCulture)
                : JsonPointer.Escape(step._name));
        return text.ToString();
    }

    /// <summary>True when the place is an element of the list at <paramref name="list"/>, from that index on.</summary>
    public static bool IsElement(Place? place, Place? list, int from) =>
        place is { _name: null } && ReferenceEquals(place._parent, list) && place._index >= from;

    private static Stack<Place> Steps(Place? place)
    {
        var steps = new Stack<Place>();
        for (; place is not null; place = place._parent)
            steps.Push(place);
        return steps;
    }
}
