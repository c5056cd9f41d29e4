using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;
using DataMesh.Cue.Values;
using DataMesh.Generators.Diagnostics;

namespace DataMesh.Generators.Products.Building;

/// <summary>
/// From the vertices of one definition to its shape. Whatever a vertex demands is in the shape, or is reported here as not
/// enforced at the place of the expression; then the shape is what can be said of the rest, so that types keep their members.
/// </summary>
/// <param name="model">The package.</param>
/// <param name="definition">The name in CUE, <c>#Identity</c>.</param>
/// <param name="reportIncomplete">Whether a value that waits for others is still to be reported.</param>
/// <param name="diagnostics">Takes what is not enforced, and names that collide.</param>
/// <param name="cancellation">Ends the work early.</param>
internal sealed partial class ShapeBuilder(
    SchemaModel model,
    string definition,
    bool reportIncomplete,
    ICollection<DiagnosticInfo> diagnostics,
    CancellationToken cancellation)
{
    private const int MaxDepth = 64;

    private readonly Stack<string> _path = new([definition]);
    private readonly HashSet<Vertex> _open = [];
    private readonly HashSet<Position> _reported = [];
    private ClrType? _requested;

    private string Path => string.Join(".", _path.Reverse());

    /// <summary>The shape of the definition itself.</summary>
    /// <param name="vertex">The definition, evaluated.</param>
    /// <param name="typeName">Its C# type.</param>
    public Shape Definition(Vertex vertex, string typeName) =>
        WithRequestedType(vertex, () => Structure(vertex, typeName, new Naming(typeName), "Content"));

    /// <summary>The shape of a field, an element or an alternative.</summary>
    /// <param name="vertex">The value.</param>
    /// <param name="naming">The record that types made for the value are declared in.</param>
    /// <param name="member">The C# name of the member that holds the value.</param>
    private Shape Value(Vertex vertex, Naming naming, string member) =>
        Reference(vertex) ?? Structure(vertex, typeName: null, naming, member);

    private Shape Structure(Vertex vertex, string? typeName, Naming naming, string member)
    {
        cancellation.ThrowIfCancellationRequested();
        Vertex value = model.Complete(vertex);
        if (_path.Count > MaxDepth || !_open.Add(value))
            return Unsupported(vertex, "a value that nests within itself without being a definition of its own");
        try
        {
            if (model.ReferringAlternatives(vertex) is { } alternatives)
                return Disjunction(vertex, alternatives, typeName, naming, member);
            switch (value.Base)
            {
                case Constant constant:
                    return new ConstantShape(Text(vertex), Incomplete(vertex), Literals.Of(constant), Scalars.TypeOf(constant));
                case DisjunctionValue disjunction:
                    return Disjunction(vertex, Alternatives(vertex, disjunction), typeName, naming, member);
                case ContainerValue { Kind: CueKind.List }:
                    return List(vertex, value, naming, member);
                case ContainerValue:
                    return Struct(vertex, value, typeName ?? naming.NestedType(member));
                case Bottom bottom:
                    return Broken(vertex, bottom);
                case { } scalar:
                    return Scalar(vertex, value, scalar);
                default:
                    return Unsupported(vertex, "a value that is not evaluated");
            }
        }
        finally
        {
            _open.Remove(value);
        }
    }

    /// <summary>The product that the value is, when its only conjunct says so: <c>who: #Identity</c>.</summary>
    private ReferenceShape? Reference(Vertex vertex)
    {
        if (model.ProductOf(vertex) is not { } target)
            return null;
        return new ReferenceShape(Text(vertex), Incomplete(vertex), target.Namespace, target.Name, target.Form);
    }

    private ScalarShape Scalar(Vertex vertex, Vertex value, Value scalar)
    {
        var constraints = new List<Constraint>();
        IReadOnlyList<Value> parts = scalar is ConjunctionValue conjunction ? conjunction.Values : [scalar];
        string? typeName = (scalar as ConjunctionValue)?.Name;
        // A value of another type is refused by the first type that was named; bounds come after.
        foreach (Leaf leaf in value.State?.Leaves ?? [])
        {
            if (leaf.Expr is not ValueExpr { Value: var named } || Scalars.TypeConstraint(named) is not { } constraint)
                continue;
            typeName ??= (named as ConjunctionValue)?.Name;
            if (!constraints.Contains(constraint))
                constraints.Add(constraint);
        }
        foreach (Value part in parts)
        {
            if (Scalars.ConstraintOf(part, out string? problem) is { } constraint)
                constraints.Add(constraint);
            else if (problem is not null)
                Report(vertex, part, problem);
        }
        Kinds kinds = Scalars.KindsOf(scalar.Kind);
        // The kinds follow from the constraints in all but odd cases; there they become a constraint of their own.
        if (constraints.Aggregate(Kinds.Any, static (all, constraint) => all & constraint.Kinds) != kinds)
            constraints.Insert(0, new KindConstraint(scalar.Kind.Text(), kinds));
        ClrType type = TakeRequestedType(kinds) ?? Scalars.ClrTypeOf(kinds, typeName, constraints);
        return new ScalarShape(Text(vertex), Incomplete(vertex), kinds, constraints.ToEquatableArray(), type);
    }

    /// <summary>An error in the place of a value.</summary>
    private Shape Broken(Vertex vertex, Bottom bottom)
    {
        if (bottom.IsIncomplete && SchemaErrors.IsAboutMissingField(bottom))
        {
            diagnostics.Add(SchemaErrors.Of(model, Path, bottom, PositionOf(vertex)));
            return KnownPart(vertex);
        }
        if (bottom.IsIncomplete)
            return reportIncomplete ? Unsupported(vertex, bottom.Message) : KnownPart(vertex);
        // Errors of the package itself are reported where the package is checked.
        if (!SchemaErrors.IsMeant(bottom) && (reportIncomplete || SchemaErrors.IsConflict(bottom)) &&
            SchemaErrors.NeverPresent(model, Path, bottom, LabelPosition(vertex)) is var error && model.TryReport(error))
            diagnostics.Add(error);
        return new ScalarShape("_|_", "_|_", Kinds.Any, [new ImpossibleConstraint(bottom.Message)], ClrType.Json);
    }

    private ScalarShape Unsupported(Vertex vertex, string reason)
    {
        Report(vertex, reason);
        return KnownPart(vertex);
    }

    /// <summary>The type of a value whose constraints were reported: members keep their types, and C# its own errors apart.</summary>
    private static ScalarShape KnownPart(Vertex vertex)
    {
        CueKind kind = vertex.Resolve().State?.Kind ?? CueKind.Top;
        Kinds kinds = Scalars.KindsOf(kind);
        return new ScalarShape(kind.Text(), kind.Text(), kinds, default, Scalars.ClrTypeOf(kinds, null, []));
    }

    /// <summary>Reports a constraint that there is no code for, and why.</summary>
    private void Report(Vertex vertex, Value constraint, string problem)
    {
        if (Scalars.InvalidPattern(constraint) is { } invalid)
            diagnostics.Add(DiagnosticCatalogue.BadRegularExpression(model.Range(PositionOf(vertex)), Path + ": " + invalid));
        else
            Report(vertex, ValueText.Describe(constraint) + ", " + problem);
    }

    private void Report(Vertex vertex, string construct) =>
        diagnostics.Add(DiagnosticCatalogue.Unsupported(model.Range(PositionOf(vertex)), Path, construct));

    /// <summary>The attribute of a field or definition; a mistake in it is reported once, where it stands.</summary>
    private CsAttribute? AttributeOf(Vertex vertex)
    {
        CsAttribute? attribute = CsAttribute.Of(vertex, out (Position Position, string Message)? problem);
        if (problem is var (position, message) && _reported.Add(position))
            diagnostics.Add(DiagnosticCatalogue.BadAttribute(model.Range(position), message));
        return attribute;
    }

    /// <summary>Builds the shape of a field or definition with the type that its attribute asks for; a type that nothing takes is reported.</summary>
    private Shape WithRequestedType(Vertex vertex, Func<Shape> build)
    {
        ClrType? outer = _requested;
        _requested = AttributeOf(vertex)?.Type;
        Shape shape = build();
        if (_requested is { } unused && _reported.Add(LabelPosition(vertex)))
            diagnostics.Add(DiagnosticCatalogue.BadAttribute(
                model.Range(LabelPosition(vertex)), Path + ": a C# " + unused + " does not hold " + ValueText.Describe(vertex)));
        _requested = outer;
        return shape;
    }

    /// <summary>The type that <c>@cs(type=...)</c> asks for, if it can hold the value.</summary>
    private ClrType? TakeRequestedType(Kinds kinds)
    {
        if (_requested is not { } type || !Scalars.CanHold(type, kinds))
            return null;
        _requested = null;
        return type;
    }

    private static Position PositionOf(Vertex vertex)
    {
        foreach (Conjunct conjunct in vertex.Conjuncts)
            if (conjunct.Expr.Position is { IsValid: true } position)
                return position;
        return default;
    }

    private static string Text(Vertex vertex) => ValueText.Describe(vertex);

    private static string Incomplete(Vertex vertex) => ValueText.Describe(vertex);
}
